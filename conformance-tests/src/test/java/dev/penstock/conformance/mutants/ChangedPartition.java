package dev.penstock.conformance.mutants;

import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;

/** A reader that does as another does, except for what is overridden. */
class ChangedPartition implements SourcePartition {
    final SourcePartition partition;

    ChangedPartition(SourcePartition partition) {
        this.partition = partition;
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        return change(partition.poll(maxRows, maxBytes, maxWait));
    }

    /** What is made of what each poll gives. */
    Poll change(Poll poll) {
        return poll;
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
