package dev.penstock.engine.embedded.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test: whatever its pipelines opened is closed, and none of their threads is there any more. */
public final class Leftovers implements AfterEachCallback {
    private final NumbersSource source;
    private final MemoryTarget target;

    /** Looks at what a test reads from and writes to. */
    public Leftovers(NumbersSource source, MemoryTarget target) {
        this.source = requireNonNull(source, "source");
        this.target = requireNonNull(target, "target");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(source.open()).as("open partitions").isZero();
        assertThat(source.openSources()).as("open sources").isZero();
        assertThat(target.openParts()).as("open parts of the target").isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("penstock-test"));
    }
}
