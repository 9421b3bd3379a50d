package dev.penstock.conformance.mutants;

import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;

/** A reader that hands everything on; a mutant changes one thing. */
class PassingPartition implements SourcePartition {
    private final SourcePartition next;

    PassingPartition(SourcePartition next) {
        this.next = next;
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        return change(next.poll(maxRows, maxBytes, maxWait));
    }

    /** What is made of what each poll gives. */
    Poll change(Poll poll) {
        return poll;
    }

    @Override
    public void stateDurable(ResumeState state) {
        next.stateDurable(state);
    }

    @Override
    public void wakeup() {
        next.wakeup();
    }

    @Override
    public void close() {
        next.close();
    }
}
