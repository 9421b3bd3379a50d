package dev.penstock.dataflow.operator;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a record class is taken apart and made: looked up once a class. */
final class RecordShape {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final Class<?> type;
    private final List<String> names = new ArrayList<>();
    private final List<ValueType> types = new ArrayList<>();
    private final Method[] accessors;
    private final Constructor<?> constructor;

    private RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        this.accessors = Stream.of(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
        for (RecordComponent component : components) {
            names.add(component.getName());
            types.add(ValueType.of(component.getGenericType()));
        }
        try {
            this.constructor = type.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            Stream.of(accessors).forEach(accessor -> accessor.setAccessible(true));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record always has its constructor", e);
        } catch (InaccessibleObjectException e) {
            throw new IllegalArgumentException(
                    "Cannot keep record '" + type.getName() + "' in state: its module keeps it closed; open package "
                            + type.getPackageName() + " to dev.penstock.dataflow",
                    e);
        }
    }

    /**
     * The shape of the record class {@code type}.
     *
     * @throws IllegalArgumentException if its module does not open it
     */
    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    Class<?> type() {
        return type;
    }

    /** The names of the components, in order. */
    List<String> names() {
        return names;
    }

    /** The declared types of the components, in order. */
    List<ValueType> types() {
        return types;
    }

    /** What {@code record} holds in the component at {@code index}. */
    @Nullable Object value(Object record, int index) throws UnfitException {
        try {
            return accessors[index].invoke(record);
        } catch (InvocationTargetException e) {
            throw new UnfitException("component '" + names.get(index) + "' of record '" + type.getSimpleName()
                    + "' cannot be read: " + e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the accessors of a shape are accessible", e);
        }
    }

    /** The record of {@code values}, one a component. */
    Object make(@Nullable Object[] values) throws UnfitException {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new UnfitException("record '" + type.getSimpleName() + "' refuses its components: " + e.getCause()
                    + "; let its constructor take 0, false, null and empty for those that were added");
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("the constructor of a shape is accessible", e);
        }
    }
}
