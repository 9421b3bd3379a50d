package dev.penstock.dataflow.builtin;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Schema;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Made-up rows, dealt out to the partitions in turn. */
final class GenerateSource implements Source {
    private final GenerateSettings settings;
    private Clock clock = Clock.systemUTC();

    GenerateSource(GenerateSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(ConnectorContext context) {
        clock = context.clock();
    }

    @Override
    public Schema schema() {
        return settings.schema();
    }

    @Override
    public Discovery discover(Duration maxWait) {
        boolean bounded = settings.rows().isPresent();
        return new Discovery(
                IntStream.range(0, settings.partitions())
                        .mapToObj(number -> Partition.of(String.valueOf(number), bounded))
                        .toList(),
                true);
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        int number = Integer.parseInt(partition.id());
        long next = resumeFrom
                .map(GeneratePosition::of)
                .map(position -> position.checked(number, settings.partitions()))
                .orElse(0L);
        return new GeneratePartition(settings, number, next, clock);
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        return Map.of("rows", String.valueOf(GeneratePosition.of(state).next()));
    }

    @Override
    public void close() {}
}
