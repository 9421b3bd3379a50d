package dev.penstock.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** If this fails, put what the test shows into README.md. */
final class ReadmeTest {
    @Test
    void comparesWithOtherKits() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains(OtherKits.groups(), OtherKits.evidence());
    }

    @Test
    void speaksOfRulesAndKitsThatAreListed() {
        assertThat(OtherKits.tried()).allMatch(tried -> OtherKits.rules().contains(tried.rule()));
        assertThat(OtherKits.tried()).allMatch(tried -> OtherKits.kits().contains(tried.kit()));
    }

    @Test
    void namesEachMethodThatAFixtureMayLack() throws IOException {
        List<String> hooks = Stream.of(Fixture.class, SourceSide.class, SinkSide.class, TransformSide.class)
                .flatMap(ReadmeTest::hooks)
                .toList();
        assertThat(hooks).hasSizeGreaterThan(15);
        assertThat(Files.readString(Path.of("README.md")))
                .contains(hooks.stream().map(hook -> "`" + hook + "`").toList());
    }

    private static Stream<String> hooks(Class<?> side) {
        Object bare =
                Proxy.newProxyInstance(side.getClassLoader(), new Class<?>[] {side}, (self, method, arguments) -> {
                    if (!method.isDefault()) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return InvocationHandler.invokeDefault(self, method, arguments);
                });
        return Arrays.stream(side.getMethods())
                .filter(Method::isDefault)
                .flatMap(method -> hook(bare, method).stream());
    }

    /** What the method is called, if all it does is to say that it is not there. */
    private static Optional<String> hook(Object bare, Method method) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int index = 0; index < arguments.length; index++) {
            Class<?> type = method.getParameterTypes()[index];
            if (type.isPrimitive()) {
                arguments[index] = type == int.class ? (Object) 0 : (Object) 0L;
            }
        }
        try {
            method.invoke(bare, arguments);
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            return e.getCause() instanceof MissingHook missing ? Optional.of(missing.hook()) : Optional.empty();
        }
    }
}
