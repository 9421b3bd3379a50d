package dev.penstock.conformance.numbered;

import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.Schema;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Partitions {@code p0}, {@code p1} and so on of rows that follow from a seed. */
public final class NumberedSource implements Source {
    private final Config config;
    private final RowLayout layout;

    NumberedSource(Config config) {
        this.config = config;
        this.layout = RowLayout.named(config.get(NumberedConnector.LAYOUT));
    }

    /** The number of rows before a state. */
    public static long rowsBefore(ResumeState state) {
        return ByteBuffer.wrap(state.bytes()).getLong();
    }

    static ResumeState stateAfter(long rows) {
        return new ResumeState(1, ByteBuffer.allocate(Long.BYTES).putLong(rows).array());
    }

    @Override
    public void open(ConnectorContext context) {}

    @Override
    public Schema schema() {
        return layout.schema();
    }

    @Override
    public Discovery discover(Duration maxWait) {
        boolean bounded = config.get(NumberedConnector.UNTIL) > 0 || config.get(NumberedConnector.MORE) > 0;
        List<Partition> partitions = IntStream.range(0, config.get(NumberedConnector.PARTITIONS))
                .mapToObj(number -> Partition.of("p" + number, bounded))
                .toList();
        return new Discovery(partitions, true);
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        int number = Integer.parseInt(partition.id().substring(1));
        long start = resumeFrom.map(NumberedSource::rowsBefore).orElse(0L);
        return new NumberedPartition(config, layout, number, start);
    }

    @Override
    public void close() {}
}
