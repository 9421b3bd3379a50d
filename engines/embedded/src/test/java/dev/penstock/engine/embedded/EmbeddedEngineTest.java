package dev.penstock.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.embedded.RunReport.Ending;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.Plans;
import org.junit.jupiter.api.Test;

final class EmbeddedEngineTest {
    @Test
    void writesEveryRowOnceAndEnds() {
        NumbersSource source =
                new NumbersSource().with("a", 12_345).with("b", 0).with("c", 1);
        MemoryTarget target = new MemoryTarget();

        RunReport report = EmbeddedEngine.of(Plans.from(source).to(target)).run();

        assertThat(report.ending()).isEqualTo(Ending.DONE);
        assertThat(target.committed()).hasSize(12_346).doesNotHaveDuplicates();
        assertThat(report.totals().rows()).isEqualTo(12_346);
        assertThat(target.openTransactions()).isZero();
        assertThat(source.open() + source.openSources() + target.openParts()).isZero();
    }
}
