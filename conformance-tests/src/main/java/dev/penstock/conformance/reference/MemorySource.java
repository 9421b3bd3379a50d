package dev.penstock.conformance.reference;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.reference.MemorySourceSettings.Start;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a log of a {@link MemoryServer}; each of its partitions is one here. */
final class MemorySource implements Source {
    private static final String PREFIX = "partition-";
    /** The descriptor of a partition that was there on the first start: it is begun where the settings say. */
    private static final byte[] AS_SET = {0};
    /** The descriptor of a partition that came later: nothing in it may be left out (SD-04). */
    private static final byte[] FROM_ITS_BEGINNING = {1};

    private final MemorySourceSettings settings;
    private @Nullable Opened opened;
    private boolean closed;
    private Optional<Set<String>> initial = Optional.empty();

    MemorySource(MemorySourceSettings settings) {
        this.settings = requireNonNull(settings, "settings");
    }

    /** What there is once the source is open. */
    private record Opened(LogClient client, Schema schema) {}

    @Override
    public void open(ConnectorContext context) {
        if (opened != null || closed) {
            throw new IllegalStateException("Cannot open the source: it " + (closed ? "is closed" : "is open already"));
        }
        LogClient client = new LogClient(settings);
        try {
            opened = new Opened(client, client.schema());
        } finally {
            if (opened == null) {
                client.close();
            }
        }
    }

    private Opened opened() {
        if (opened == null) {
            throw new IllegalStateException("Cannot use the source: it is not open");
        }
        return opened;
    }

    @Override
    public void provision() {
        opened().client().subscribe();
    }

    @Override
    public void deprovision() {
        opened().client().unsubscribe();
    }

    @Override
    public Schema schema() {
        return opened().schema();
    }

    @Override
    public void restored(Map<String, ResumeState> known) {
        initial = Optional.of(Set.copyOf(known.keySet()));
    }

    @Override
    public Discovery discover(Duration maxWait) {
        List<String> ids = opened().client().partitions().stream()
                .map(number -> PREFIX + number)
                .toList();
        Set<String> fromTheFirst = initial.orElseGet(() -> Set.copyOf(ids));
        initial = Optional.of(fromTheFirst);
        List<Partition> partitions = new ArrayList<>();
        for (String id : ids) {
            byte[] descriptor = fromTheFirst.contains(id) ? AS_SET : FROM_ITS_BEGINNING;
            partitions.add(new Partition(id, descriptor, !settings.follow()));
        }
        return new Discovery(partitions, !settings.follow());
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        Schema schema = opened().schema();
        int number = Integer.parseInt(partition.id().substring(PREFIX.length()));
        LogClient client = new LogClient(settings);
        try {
            MemoryState state = resumeFrom
                    .map(bytes -> MemoryState.decode(partition.id(), bytes))
                    .orElseGet(() -> first(client, partition, number));
            MemoryPartition reader = new MemoryPartition(
                    client, new MemoryPartition.Part(partition.id(), number, schema, settings.follow()), state);
            reader.requireReadable();
            return reader;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** Resolved here, once: whoever keeps the state that reading begins with never resolves it again (SP-05). */
    private MemoryState first(LogClient client, Partition partition, int number) {
        boolean later = partition.descriptor()[0] == FROM_ITS_BEGINNING[0];
        Start start = later ? Start.EARLIEST : settings.start();
        return switch (start) {
            case EARLIEST -> MemoryState.log(client.position(number, "earliest"));
            case LATEST -> MemoryState.log(client.position(number, "latest"));
            case TIMESTAMP -> {
                Instant since = settings.since().orElseThrow();
                yield MemoryState.log(client.position(number, String.valueOf(since.toEpochMilli())));
            }
            case TABLE -> MemoryState.table(client.position(number, "latest"), "");
        };
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        MemoryState decoded = MemoryState.decode("", state);
        return Map.of(
                "position", decoded.position().toString(),
                "table",
                        decoded.table()
                                .map(key -> "read up to key '" + key + "'")
                                .orElse("read"));
    }

    @Override
    public void close() {
        closed = true;
        if (opened != null) {
            opened.client().close();
            opened = null;
        }
    }
}
