package dev.penstock.conformance.forwarding;

import static java.util.Objects.requireNonNull;

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

/** A source that does as another does, except for what is overridden. */
public class ForwardingSource implements Source {
    /** What calls are passed to. */
    protected final Source source;

    /** Passes every call to {@code source}, and closes it. */
    protected ForwardingSource(Source source) {
        this.source = requireNonNull(source, "source");
    }

    @Override
    public void open(ConnectorContext context) {
        source.open(context);
    }

    @Override
    public void provision() {
        source.provision();
    }

    @Override
    public void deprovision() {
        source.deprovision();
    }

    @Override
    public void restored(Map<String, ResumeState> known) {
        source.restored(known);
    }

    @Override
    public Schema schema() {
        return source.schema();
    }

    @Override
    public Discovery discover(Duration maxWait) {
        return source.discover(maxWait);
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        return source.partition(partition, resumeFrom);
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        return source.describe(state);
    }

    @Override
    public void close() {
        source.close();
    }
}
