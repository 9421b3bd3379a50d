package dev.penstock.examples.directoryqueue;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Payload;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes the messages of all lanes; a lane is a partition. */
final class QueueSource implements Source {
    static final Schema SCHEMA = Schema.of(Payload.FIELD);

    private final SourceSettings settings;
    private Optional<Path> queue = Optional.empty();
    private boolean used;

    QueueSource(SourceSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(ConnectorContext context) {
        if (used) {
            throw new IllegalStateException("Cannot open a source again");
        }
        used = true;
        Path directory = context.baseDirectory().resolve(settings.path());
        if (!Files.isDirectory(directory)) {
            throw new ConfigException(
                    "path",
                    Problem.Code.NOT_FOUND,
                    "Cannot open queue '" + directory + "': there is no such directory",
                    "create it or correct 'path'");
        }
        queue = Optional.of(directory);
    }

    private Path queue() {
        return queue.orElseThrow(() -> new IllegalStateException("Cannot use a source that is not open"));
    }

    @Override
    public Schema schema() {
        queue();
        return SCHEMA;
    }

    @Override
    public Discovery discover(Duration maxWait) {
        Path directory = queue();
        try (Stream<Path> files = Files.list(directory)) {
            List<Partition> lanes = files.filter(Files::isDirectory)
                    .map(lane -> String.valueOf(lane.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .map(name -> Partition.of(name, !settings.follow()))
                    .toList();
            return new Discovery(lanes, !settings.follow());
        } catch (IOException e) {
            throw QueueFailure.of("list", directory, e);
        }
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        Lane lane = new Lane(queue().resolve(partition.id()));
        LaneReader reader =
                new LaneReader(lane, settings, resumeFrom.map(LanePosition::of).orElse(LanePosition.START));
        reader.start();
        return reader;
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        LanePosition position = LanePosition.of(state);
        return Map.of("message", String.valueOf(position.message()), "offset", String.valueOf(position.offset()));
    }

    @Override
    public void close() {
        used = true;
        queue = Optional.empty();
    }
}
