package dev.penstock.conformance.mutants;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A source that hands everything on; a mutant changes one thing. */
class PassingSource implements Source {
    private final Source next;

    PassingSource(Source next) {
        this.next = next;
    }

    @Override
    public void open(ConnectorContext context) {
        next.open(context);
    }

    @Override
    public void provision() {
        next.provision();
    }

    @Override
    public void deprovision() {
        next.deprovision();
    }

    @Override
    public Schema schema() {
        return next.schema();
    }

    @Override
    public void restored(Map<String, ResumeState> known) {
        next.restored(known);
    }

    @Override
    public Discovery discover(Duration maxWait) {
        return next.discover(maxWait);
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        return change(next.partition(partition, resumeFrom), resumeFrom);
    }

    /** What is made of each reader. */
    SourcePartition change(SourcePartition reader, Optional<ResumeState> resumeFrom) {
        return reader;
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        return next.describe(state);
    }

    @Override
    public void close() {
        next.close();
    }
}
