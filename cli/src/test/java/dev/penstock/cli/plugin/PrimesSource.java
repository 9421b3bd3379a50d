package dev.penstock.cli.plugin;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The source of the guide; tells its class loaders in {@link #describe}. */
final class PrimesSource implements Source {
    static final Schema SCHEMA = Schema.of(Field.required("prime", DataType.INT64));
    private final int limit;

    PrimesSource(int limit) {
        this.limit = limit;
    }

    @Override
    public void open(ConnectorContext context) {}

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Discovery discover(Duration maxWait) {
        return new Discovery(List.of(new Partition("all", new byte[0], true)), true);
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        long last = resumeFrom
                .map(state -> ByteBuffer.wrap(state.bytes()).getLong())
                .orElse(1L);
        return new PrimesPartition(last, limit);
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        ClassLoader own = PrimesSource.class.getClassLoader();
        return Map.of(
                "own", own.getName(),
                "context-is-own", String.valueOf(Thread.currentThread().getContextClassLoader() == own),
                "sees-picocli", String.valueOf(sees("picocli.CommandLine")),
                "sees-slf4j", String.valueOf(sees("org.slf4j.Logger")));
    }

    private static boolean sees(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public void close() {}
}
