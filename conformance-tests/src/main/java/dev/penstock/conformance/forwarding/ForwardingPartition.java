package dev.penstock.conformance.forwarding;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;

/** A reader that does as another does, except for what is overridden. */
public class ForwardingPartition implements SourcePartition {
    /** What calls are passed to. */
    protected final SourcePartition partition;

    /** Passes every call to {@code partition}, and closes it. */
    protected ForwardingPartition(SourcePartition partition) {
        this.partition = requireNonNull(partition, "partition");
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        return partition.poll(maxRows, maxBytes, maxWait);
    }

    @Override
    public void stateDurable(ResumeState state) {
        partition.stateDurable(state);
    }

    @Override
    public void onReady(Runnable ready) {
        partition.onReady(ready);
    }

    @Override
    public void wakeup() {
        partition.wakeup();
    }

    @Override
    public void close() {
        partition.close();
    }
}
