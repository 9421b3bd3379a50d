package dev.penstock.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.MissingHook;
import dev.penstock.conformance.reference.ReferenceFixtures;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuleRunnerTest {
    private static final RunTerms TERMS = new RunTerms(17, Effort.QUICK, 1, List.of(), List.of());

    private final FixtureProvider provider = new ReferenceFixtures();

    @AfterEach
    void closeProvider() {
        provider.close();
    }

    private static Rule rule(String id, Tier tier, Check check) {
        return Rule.of(id, tier, "Something holds that is tried here", check).of(Role.SOURCE);
    }

    private Outcome outcome(RunTerms terms, Rule rule) {
        return RuleRunner.run(provider, terms, rule).get(0).outcome();
    }

    @Test
    void aViolationNamesRuleSeedAndWhereToLook() {
        Outcome outcome = outcome(TERMS, rule("SP-02", Tier.T1, trial -> {
            throw new RuleViolation("row 3 came twice", "the position of poll");
        }));
        assertThat(((Outcome.Failed) outcome).message()).isEqualTo("""
                SP-02 Something holds that is tried here: row 3 came twice
                as a source, seed 17
                replay: -Dpenstock.conformance.rules=SP-02 -Dpenstock.conformance.seed=17 -Dpenstock.conformance.effort=quick
                or penstock conform with --rule SP-02 --seed 17 --effort quick
                check: the position of poll""");
    }

    @Test
    void whatWasNotExpectedIsShownWithWhereItWasThrownAndWhatCausedIt() {
        Outcome outcome = outcome(TERMS, rule("SP-02", Tier.T1, trial -> {
            throw new IllegalStateException("twice", new IOException("no such host"));
        }));
        assertThat(((Outcome.Failed) outcome).message())
                .startsWith(
                        "SP-02 Something holds that is tried here: it threw java.lang.IllegalStateException: twice\n"
                                + "  at " + getClass().getName())
                .contains("\ncaused by java.io.IOException: no such host\n  at ", "\ncheck: the lines above");
    }

    @Test
    void aHookThatIsMissingIsNamedHoweverDeepItWasThrown() {
        assertThat(outcome(TERMS, rule("SP-02", Tier.T1, trial -> {
                    throw new IllegalStateException(new MissingHook("SourceSide.expire"));
                })))
                .isEqualTo(new Outcome.Skipped(Outcome.Reason.HOOK, "SourceSide.expire"));
    }

    @Test
    void aRuleThatIsTriedAloneWaitsForTheOthers() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicInteger tries = new AtomicInteger();
        Thread other = thread(rule("SP-02", Tier.T1, trial -> {
            inside.countDown();
            leave.await();
        }));
        inside.await();
        Thread alone =
                thread(rule("SP-10", Tier.T1, trial -> tries.incrementAndGet()).whileAlone());
        while (alone.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(tries).hasValue(0);
        leave.countDown();
        other.join();
        alone.join();
        assertThat(tries).hasValue(1);
    }

    private Thread thread(Rule rule) {
        Thread thread = new Thread(() -> outcome(TERMS, rule));
        thread.start();
        return thread;
    }

    @Test
    void aCapabilityThatIsNotDeclaredIsNamed() {
        assertThat(outcome(TERMS, rule("SP-02", Tier.T1, trial -> {}).needing(Capability.DETERMINISTIC)))
                .isEqualTo(new Outcome.Skipped(Outcome.Reason.CAPABILITY, "DETERMINISTIC"));
    }

    @Test
    void whatDoesNotConcernTheConnectorIsSkippedWithTheReason() {
        assertThat(outcome(TERMS, rule("ER-01", Tier.T1, trial -> {
                    throw new NotConcerned("values have types");
                })))
                .isEqualTo(new Outcome.Skipped(Outcome.Reason.CAPABILITY, "values have types"));
    }

    @Test
    void whatFailsOnceAndPassesTwiceIsFlaky() {
        AtomicInteger tries = new AtomicInteger();
        Outcome outcome = outcome(TERMS.withAttempts(3), rule("SP-02", Tier.T1, trial -> {
            if (tries.incrementAndGet() == 1) {
                throw new RuleViolation("once", "chance");
            }
        }));
        assertThat(outcome.word()).isEqualTo("flaky(2 of 3)");
        assertThat(outcome.broken()).isTrue();
    }

    @Test
    void everyTryHasTheSameChanceAndAnEmptyDirectory() {
        AtomicInteger tries = new AtomicInteger();
        Outcome outcome = outcome(TERMS.withAttempts(3), rule("SP-02", Tier.T1, trial -> {
            tries.incrementAndGet();
            assertThat(trial.directory()).isEmptyDirectory();
            Files.createFile(trial.directory().resolve("left-behind"));
            throw new RuleViolation("chance gave " + trial.random().nextInt(), "nothing");
        }));
        assertThat(tries).hasValue(3);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aTierIsBegunOnlyIfNothingBeforeFailed() {
        ConformanceRun run = new ConformanceRun(
                provider,
                TERMS,
                List.of(
                        rule("SP-03", Tier.T2, trial -> {}),
                        rule("SP-01", Tier.T1, trial -> {}),
                        rule("SP-02", Tier.T0, trial -> {
                            throw new RuleViolation("broken", "nothing");
                        })));
        assertThat(run.attempts().stream()
                        .map(run::run)
                        .map(RuleResult::outcome)
                        .map(Outcome::word))
                .containsExactly("fail", "skipped(tier)", "skipped(tier)");
    }

    @Test
    void adviceIsNoFailure() {
        Rule advice = rule("SP-10", Tier.T0, trial -> {
                    throw new RuleViolation("slow", "nothing");
                })
                .advice();
        assertThat(RuleRunner.run(provider, TERMS, advice).get(0).broken()).isFalse();
    }

    @Test
    void aWaiverTakesAFailureAndNothingElse() {
        Outcome.Waiver waiver = new Outcome.Waiver("SP-02", "the server loses rows", LocalDate.of(2026, 12, 31));
        Rule broken = rule("SP-02", Tier.T1, trial -> {
            throw new RuleViolation("row 3 is lost", "nothing");
        });
        List<RuleResult> results = RuleRunner.run(provider, TERMS.with(List.of(waiver)), broken);
        assertThat(results.get(0).outcome().word()).isEqualTo("waived");
        assertThat(Waivers.problems(List.of(waiver), results, LocalDate.of(2026, 12, 31)))
                .isEmpty();
        assertThat(Waivers.problems(List.of(waiver), results, LocalDate.of(2027, 1, 1)))
                .containsExactly("the waiver of SP-02 expired on 2026-12-31;"
                        + " mend the connector, or say why and until when once more");
        assertThatThrownBy(() -> Waivers.check(List.of(waiver), List.of(), LocalDate.of(2026, 12, 31)))
                .hasMessage("the waiver of SP-02 has no failure to waive; remove it, the rule was not broken");
    }

    @Test
    void patternsNameRulesAndWrongOnesAreRefused() {
        assertThat(RuleBook.matching("CF-01,LC-0*")).extracting(Rule::id).contains("CF-01", "LC-01", "LC-08");
        assertThatThrownBy(() -> RuleBook.matching("SP-99"))
                .hasMessage("Cannot try rule 'SP-99': there is none; use an id such as SP-02, or SP-* for a group");
    }
}
