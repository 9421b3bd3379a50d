package dev.penstock.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The order of calls of a writer. */
class OpenEpochTest {
    private static final EpochId FIRST = new EpochId("run", 1);
    private static final EpochId SECOND = new EpochId("run", 2);

    private final OpenEpoch epoch = new OpenEpoch();

    @Test
    void goesFromEpochToEpoch() {
        assertThat(epoch.isOpen()).isFalse();
        epoch.begin(FIRST);
        assertThat(epoch.isOpen()).isTrue();
        assertThat(epoch.current()).isEqualTo(FIRST);
        epoch.end();
        assertThat(epoch.isOpen()).isFalse();
        epoch.begin(SECOND);
        assertThat(epoch.current()).isEqualTo(SECOND);
    }

    @Test
    void refusesRowsWithoutAnEpoch() {
        assertThatThrownBy(epoch::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call begin");
        epoch.begin(FIRST);
        epoch.end();
        assertThatThrownBy(epoch::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call begin");
    }

    @Test
    void refusesAnEpochWithinAnother() {
        epoch.begin(FIRST);
        assertThatThrownBy(() -> epoch.begin(SECOND))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(SECOND.toString())
                .hasMessageContaining(FIRST + " has not ended yet");
        assertThat(epoch.current()).isEqualTo(FIRST);
    }

    @Test
    void refusesEverythingOnceItIsClosed() {
        epoch.begin(FIRST);
        assertThat(epoch.close()).isTrue();
        assertThat(epoch.close()).isFalse();
        assertThat(epoch.isOpen()).isFalse();
        assertThatThrownBy(epoch::current).hasMessageContaining("closed");
        assertThatThrownBy(() -> epoch.begin(SECOND)).hasMessageContaining("closed");
    }
}
