package dev.penstock.conformance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.ChangedFixture;
import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.MissingHook;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.reference.ReferenceFixtures;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Outcome;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleResult;
import dev.penstock.conformance.rule.RuleRunner;
import dev.penstock.conformance.rule.RunTerms;
import dev.penstock.spi.Role;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceErrorRulesTest {
    @Test
    void whatTheSystemRefusesIsSkippedForThatReasonAndNotPassed() {
        assertThat(outcome(false))
                .isEqualTo(new Outcome.Skipped(
                        Outcome.Reason.CAPABILITY, "SourceSide.refusesPoison: values have the types of columns"));
    }

    @Test
    void whatCanBeAppendedAllTheSameIsNotRefused() {
        assertThat(outcome(true))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.message()).contains("remove one of them"));
    }

    private static Outcome outcome(boolean appends) {
        Rule rule = SourceErrorRules.all().get(0);
        try (Refusing provider = new Refusing(new ReferenceFixtures(), appends)) {
            RunTerms terms = RunTerms.fromProperties().with(Effort.QUICK).withAttempts(1);
            return RuleRunner.run(provider, terms, rule).stream()
                    .map(RuleResult::outcome)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Fixtures of the reference whose author says that the server takes nothing that is not a row. */
    private record Refusing(ReferenceFixtures reference, boolean appends) implements FixtureProvider {
        @Override
        public String connector() {
            return reference.connector();
        }

        @Override
        public Set<Role> roles() {
            return Set.of(Role.SOURCE);
        }

        @Override
        public String system() {
            return reference.system();
        }

        @Override
        public Fixture fixture(String place, Path directory) {
            return new ChangedFixture(reference.fixture(place, directory)) {
                @Override
                public SourceSide source() {
                    SourceSide side = super.source();
                    return (SourceSide) Proxy.newProxyInstance(
                            SourceSide.class.getClassLoader(),
                            new Class<?>[] {SourceSide.class},
                            (proxy, method, arguments) -> call(side, method, arguments));
                }
            };
        }

        private Object call(SourceSide side, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("refusesPoison")) {
                return Optional.of("values have the types of columns");
            }
            if (method.getName().equals("appendPoison") && !appends) {
                throw new MissingHook("SourceSide.appendPoison");
            }
            try {
                return method.invoke(side, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        @Override
        public void close() {
            reference.close();
        }
    }
}
