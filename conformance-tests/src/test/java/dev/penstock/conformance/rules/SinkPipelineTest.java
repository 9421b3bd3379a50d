package dev.penstock.conformance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.engine.KitEngine;
import dev.penstock.conformance.process.CrashPoint;
import dev.penstock.conformance.reference.ReferenceFixtures;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Outcome;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleRunner;
import dev.penstock.conformance.rule.RunTerms;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkPipelineTest {
    private static final RunTerms TERMS = new RunTerms(17, Effort.DEFAULT, 1, List.of(new KitEngine()), List.of());

    @Test
    void theFirstKillComesBeforeAnyOtherLife() {
        Rule rule = Rule.of("ST-01", Tier.T3, "The first kill is the first life", SinkPipelineTest::killFirst)
                .of(Role.SINK)
                .onEachEngine();
        try (ReferenceFixtures provider = new ReferenceFixtures()) {
            assertThat(RuleRunner.run(provider, TERMS, rule))
                    .isNotEmpty()
                    .allSatisfy(result -> assertThat(result.outcome()).isInstanceOf(Outcome.Passed.class));
        }
    }

    private static void killFirst(Trial trial) throws InterruptedException {
        try (SinkPipeline lives = SinkPipeline.killedOften(trial)) {
            assertThat(lives.pipeline().generation()).as("lives before").isZero();
            assertThat(lives.crash(CrashPoint.AFTER_WRITE, 1, 1)).isZero();
            assertThat(lives.pipeline().landed()).isEqualTo(1);
            lives.pipeline().crash(lives.endless(1), CrashPoint.AFTER_WRITE, 1);
            assertThat(lives.pipeline().landed()).isEqualTo(2);
        }
    }
}
