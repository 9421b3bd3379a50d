package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Sink;
import java.util.List;
import java.util.Set;

/**
 * Collects the items of a test in memory. It outlives engines: give the same sink to all runs of a flow, as they would
 * have the same table.
 *
 * <p><b>Threads:</b> any.
 *
 * @param <T> the items
 */
public final class TestSink<T> implements ItemSink<T> {
    private final Ledger<T> ledger = new Ledger<>();
    private final boolean transactional;
    private volatile Faults faults = new Faults();
    private volatile Runnable beforeWrite = () -> {};

    private TestSink(boolean transactional) {
        this.transactional = transactional;
    }

    /** Shows the items of an epoch when it is durable, each once whatever happens. */
    public static <T> TestSink<T> exactlyOnce() {
        return new TestSink<>(true);
    }

    /** Shows items as they come; those of an epoch that was not sealed are shown again when they come again. */
    public static <T> TestSink<T> atLeastOnce() {
        return new TestSink<>(false);
    }

    /** What there is to see now: in the order of the epochs, and within one in the order of arrival at a worker. */
    public List<T> items() {
        return ledger.items();
    }

    /** As {@link #items}, and forgets them, so that the next call gives what has come since. */
    public List<T> take() {
        return ledger.take();
    }

    /** Calls {@code action} before each batch is taken; what it throws is a failure of the sink. */
    public TestSink<T> beforeWrite(Runnable action) {
        beforeWrite = action;
        return this;
    }

    @Override
    public Sink create() {
        return new LedgerSink<>(this, ledger);
    }

    @Override
    public Set<Capability> capabilities() {
        return transactional
                ? Set.of(Capability.AT_LEAST_ONCE, Capability.TRANSACTIONAL, Capability.FENCING)
                : Set.of(Capability.AT_LEAST_ONCE);
    }

    boolean isTransactional() {
        return transactional;
    }

    Faults faults() {
        return faults;
    }

    Runnable beforeWrite() {
        return beforeWrite;
    }

    void drive(Runnable action, Faults common) {
        beforeWrite = action;
        faults = common;
    }
}
