package dev.penstock.conformance.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pipelines of the kit run with the loader of a connector as the thread's, which does not show the kit. */
class RowLayoutTest {
    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();

    @BeforeEach
    void hideTheKit() {
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    }

    @AfterEach
    void showItAgain() {
        thread.setContextClassLoader(before);
    }

    @Test
    void layoutsOfTheKitAreFoundWhateverTheThreadsLoaderShows() {
        assertThat(RowLayout.named(LineLayout.class.getName())).isInstanceOf(LineLayout.class);
        assertThat(RowLayout.named(ColumnLayout.class.getName())).isInstanceOf(ColumnLayout.class);
    }

    @Test
    void oneThatIsNowhereIsNamed() {
        assertThatThrownBy(() -> RowLayout.named("no.such.Layout"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Cannot make layout 'no.such.Layout'");
    }
}
