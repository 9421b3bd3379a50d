package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.ItemSource;
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

/** A test source as an engine opens it, once a life. */
final class ScriptSource<T> implements Source {
    private final TestSource<T> items;

    ScriptSource(TestSource<T> items) {
        this.items = items;
    }

    @Override
    public void open(ConnectorContext context) {
        // everything is there
    }

    @Override
    public Schema schema() {
        return ItemSource.COLUMNS;
    }

    @Override
    public Discovery discover(Duration maxWait) {
        boolean live = items.isLive();
        return new Discovery(
                items.names().stream().map(name -> Partition.of(name, !live)).toList(), !live);
    }

    /** A partition that was removed has nothing left to say and ends where it stood. */
    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        return items.script(partition.id())
                .<SourcePartition>map(script -> new ScriptReader<>(items, script, resumeFrom))
                .orElseGet(() -> new ScriptReader<>(items, new Script<>(), resumeFrom));
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        return Map.of("position", String.valueOf(ScriptReader.position(state)));
    }

    @Override
    public void close() {
        // nothing is held
    }
}
