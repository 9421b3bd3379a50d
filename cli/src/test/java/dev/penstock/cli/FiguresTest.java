package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void countsThingsByTheirNoun() {
        assertThat(Figures.count(1, "row")).isEqualTo("1 row");
        assertThat(Figures.count(1_234_567, "row")).isEqualTo("1,234,567 rows");
    }

    @Test
    void showsDurationsInTheUnitThatFits() {
        assertThat(Figures.duration(Duration.ofMillis(950))).isEqualTo("950 ms");
        assertThat(Figures.duration(Duration.ofMillis(12_340))).isEqualTo("12.3 s");
        assertThat(Figures.duration(Duration.ofSeconds(245))).isEqualTo("4 min 05 s");
    }

    @Test
    void showsSmallAmountsPrecisely() {
        assertThat(Figures.megabytes(1_340_000)).isEqualTo("1.34 MB");
        assertThat(Figures.megabytes(1_234_500_000)).isEqualTo("1,234.5 MB");
        assertThat(Figures.rowsPerSecond(0.44)).isEqualTo("0.4 rows/s");
        assertThat(Figures.rowsPerSecond(123_456.7)).isEqualTo("123,457 rows/s");
    }

    @Test
    void ratesWhatTookNoTimeAsIfItTookAMillisecond() {
        assertThat(Figures.rate(5, Duration.ZERO)).isEqualTo(5000.0);
    }
}
