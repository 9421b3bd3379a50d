package dev.penstock.cli.plugin;

import dev.penstock.spi.Connector;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.Search;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.Transform;
import dev.penstock.spi.format.Decoder;
import dev.penstock.spi.format.Encoder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls a part of a connector with the connector's class loader as the thread's context class loader, which libraries
 * look to for their native code and services, and puts the old one back. Calls are as frequent as batches, so what a
 * reflective call costs does not show.
 */
final class InContext implements InvocationHandler {
    private static final List<Class<?>> PARTS = List.of(
            Source.class,
            SourcePartition.class,
            Sink.class,
            SinkWriter.class,
            SinkCommitter.class,
            Transform.class,
            Search.class,
            Maintenance.class,
            Decoder.class,
            Encoder.class);

    private final Object target;
    private final ClassLoader loader;

    private InContext(Object target, ClassLoader loader) {
        this.target = target;
        this.loader = loader;
    }

    static Connector wrap(Connector connector) {
        return wrap(Connector.class, connector, connector.getClass().getClassLoader());
    }

    private static <T> T wrap(Class<T> part, Object target, ClassLoader loader) {
        Object proxy = Proxy.newProxyInstance(
                InContext.class.getClassLoader(), new Class<?>[] {part}, new InContext(target, loader));
        return part.cast(proxy);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return wrapped(method.getReturnType(), method.invoke(target, arguments));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private @Nullable Object wrapped(Class<?> type, @Nullable Object result) {
        return result != null && PARTS.contains(type) ? wrap(type, result, loader) : result;
    }

    private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> target.toString();
        };
    }
}
