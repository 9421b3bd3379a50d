package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A random walk over the methods of a source and of one of its readers. */
final class SourceWalk {
    private static final Duration WAIT = Duration.ofMillis(1);
    private static final Duration DISCOVERY = Duration.ofSeconds(5);

    private final Trial trial;
    private final Source source;
    private final Partition partition;
    private final Openness state = new Openness();
    private Optional<SourcePartition> reader = Optional.empty();
    private boolean readerClosed;

    private SourceWalk(Trial trial, Partition partition) {
        this.trial = trial;
        this.source = trial.connector().source(trial.config());
        this.partition = partition;
    }

    static void take(Trial trial) {
        SourceWalk walk = new SourceWalk(trial, known(trial));
        Walk.take(trial.random(), walk::calls);
        walk.close();
    }

    private static Partition known(Trial trial) {
        try (Source source = trial.connector().source(trial.config())) {
            source.open(trial.context());
            return source.discover(DISCOVERY).partitions().get(0);
        }
    }

    private List<Walk.Call> calls() {
        List<Walk.Call> calls = new ArrayList<>(List.of(
                state.opening(() -> source.open(trial.context())),
                new Walk.Call("schema", state.isOpen(), source::schema),
                new Walk.Call("discover", state.isOpen(), () -> source.discover(DISCOVERY)),
                state.closing(this::close)));
        if (reader.isEmpty()) {
            calls.add(new Walk.Call("partition", state.isOpen(), this::read));
        } else {
            SourcePartition one = reader.get();
            calls.add(new Walk.Call("poll", !readerClosed, () -> one.poll(2, 1 << 20, WAIT)));
            calls.add(new Walk.Call("close of the partition", true, this::closeReader));
        }
        return calls;
    }

    private void read() {
        reader = Optional.of(source.partition(partition, Optional.empty()));
    }

    private void closeReader() {
        reader.ifPresent(SourcePartition::close);
        readerClosed = true;
    }

    private void close() {
        closeReader();
        source.close();
    }
}
