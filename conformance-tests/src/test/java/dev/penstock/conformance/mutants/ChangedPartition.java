package dev.penstock.conformance.mutants;

import dev.penstock.conformance.forwarding.ForwardingPartition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;

/** A reader whose polls differ. */
class ChangedPartition extends ForwardingPartition {
    ChangedPartition(SourcePartition partition) {
        super(partition);
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        return change(partition.poll(maxRows, maxBytes, maxWait));
    }

    /** What is made of what each poll gives. */
    Poll change(Poll poll) {
        return poll;
    }
}
