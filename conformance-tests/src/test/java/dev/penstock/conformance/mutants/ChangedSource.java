package dev.penstock.conformance.mutants;

import dev.penstock.conformance.forwarding.ForwardingSource;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import java.util.Optional;

/** A source whose readers differ. */
class ChangedSource extends ForwardingSource {
    ChangedSource(Source source) {
        super(source);
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        return change(source.partition(partition, resumeFrom), resumeFrom);
    }

    /** What is made of each reader. */
    SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
        return reader;
    }
}
