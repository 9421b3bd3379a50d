package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.Join;
import dev.penstock.dataflow.flow.Stream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator gives the same in every way that the tester knows, restarts after every item among them. The uses of a
 * group run in one flow, each behind the same source and before a sink that has its name.
 */
final class EveryOperatorTest {
    record Group(String name, List<OperatorUse> uses) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Group> groups() {
        return List.of(
                new Group("streams", StatelessUses.OF_STREAMS),
                new Group("rows", StatelessUses.OF_ROWS),
                new Group("rows-with-memory", RowMemoryUses.OF_ROWS),
                new Group("keyed-streams", StatelessUses.OF_KEYED_STREAMS),
                new Group("memory", StatefulUses.OF_KEYED_STREAMS),
                new Group("joins", StatefulUses.OF_JOINS),
                new Group("windows", WindowUses.OF_WINDOWS));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void givesTheSameInEveryWay(Group group) {
        FlowTester.of(bed -> flow(group, bed)).crashes(3).everyWay();
    }

    private static Flow flow(Group group, TestBed bed) {
        Flow flow = Flow.named(group.name());
        Stream<Reading> readings = flow.read("in", bed.source("in", Reading.SOME));
        for (int index = 0; index < group.uses().size(); index++) {
            OperatorUse use = group.uses().get(index);
            use.use().accept(readings, new OperatorUse.Ends(flow, bed, use.step(index)));
        }
        return flow;
    }

    /** A new operator must be added to the uses. */
    @Test
    void knowsEveryPublicMethodThatAddsAStep() {
        Set<String> used = groups().stream()
                .flatMap(group -> group.uses().stream())
                .map(OperatorUse::method)
                .collect(Collectors.toSet());

        assertThat(used)
                .as("operators that are tested in every way; add a use of what is missing")
                .containsAll(streams(List.of(Flow.class, Join.class)).stream()
                        .flatMap(type -> List.of(type.getDeclaredMethods()).stream())
                        .filter(EveryOperatorTest::addsAStep)
                        .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                        .toList());
    }

    /** The types of the package that public methods of {@code types} lead to, without the flow itself. */
    private static Set<Class<?>> streams(List<Class<?>> types) {
        Deque<Class<?>> open = new ArrayDeque<>(types);
        Set<Class<?>> found = new HashSet<>();
        while (!open.isEmpty()) {
            for (Method method : open.remove().getMethods()) {
                Class<?> next = method.getReturnType();
                if (next.getPackage() == Flow.class.getPackage() && next != Flow.class && found.add(next)) {
                    open.add(next);
                }
            }
        }
        return found;
    }

    private static boolean addsAStep(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !method.isBridge()
                && !Modifier.isAbstract(method.getModifiers())
                && method.getParameterCount() > 0
                && method.getParameterTypes()[0] == String.class;
    }
}
