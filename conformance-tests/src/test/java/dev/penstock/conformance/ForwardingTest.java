package dev.penstock.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.forwarding.ForwardingCommitter;
import dev.penstock.conformance.forwarding.ForwardingPartition;
import dev.penstock.conformance.forwarding.ForwardingSink;
import dev.penstock.conformance.forwarding.ForwardingSource;
import dev.penstock.conformance.forwarding.ForwardingWriter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardingTest {
    static Stream<Class<?>> types() {
        return Stream.of(
                ForwardingSource.class,
                ForwardingPartition.class,
                ForwardingSink.class,
                ForwardingWriter.class,
                ForwardingCommitter.class);
    }

    /** One that was forgotten would do as the default of the SPI does, not as the part behind it. */
    @ParameterizedTest
    @MethodSource("types")
    void passesOnEveryMethodOfTheSpi(Class<?> type) {
        List<String> declared = signatures(type);
        assertThat(type.getInterfaces()).hasSize(1);
        assertThat(declared).containsAll(signatures(type.getInterfaces()[0]));
    }

    private static List<String> signatures(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && !method.isBridge())
                .map(ForwardingTest::signature)
                .toList();
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }
}
