package dev.penstock.connector.s3;

import dev.penstock.connector.s3.ShardPartition.Shard;
import dev.penstock.format.records.WholeRows;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads objects; their keys are divided among a fixed number of shards, each of which is a partition. */
final class S3Source implements Source {
    private static final int MOST_REQUESTS = 64;

    private final SourceSettings settings;
    private volatile @Nullable Opened opened;
    private volatile boolean closed;
    private volatile boolean hasObjects;

    S3Source(SourceSettings settings) {
        this.settings = settings;
    }

    /** What there is while the source is open. */
    private record Opened(Bucket bucket, Requests requests, Listing listing) {}

    @Override
    public void open(ConnectorContext context) {
        if (closed || opened != null) {
            throw new IllegalStateException("Cannot open a source twice");
        }
        Bucket bucket = new Bucket(settings.connection());
        int most = Math.min(MOST_REQUESTS, settings.shards() * settings.readAhead());
        Requests requests = new Requests("s3-source", most + 1);
        opened = new Opened(bucket, requests, new Listing(settings, bucket, requests));
        hasObjects = probe(bucket, requests);
    }

    private boolean probe(Bucket bucket, Requests requests) {
        return requests.call("list " + settings.connection().shown(), bucket::hasObjects);
    }

    /** What is wrong outside; changes nothing. */
    void check() {
        try (Bucket bucket = new Bucket(settings.connection());
                Requests requests = new Requests("s3-check", 1)) {
            probe(bucket, requests);
        }
    }

    private Opened opened() {
        Opened now = opened;
        if (now == null) {
            throw new IllegalStateException("Cannot use a source that is not open");
        }
        return now;
    }

    @Override
    public Schema schema() {
        opened();
        return settings.framing() == Framing.DOCUMENT ? WholeRows.DOCUMENT : WholeRows.RECORD;
    }

    @Override
    public void restored(Map<String, ResumeState> known) {
        opened();
        List<String> names = partitions().stream().map(Partition::id).toList();
        for (String each : known.keySet()) {
            if (!names.contains(each)) {
                throw new ConfigException(
                        SourceSettings.SHARDS.name(),
                        Problem.Code.INCOMPATIBLE,
                        "the pipeline has a state of partition '" + each + "', and there are " + settings.shards()
                                + " shards now",
                        "set it to what it was, or begin with a new state");
            }
        }
    }

    /** Shards are always the same, once there is any object; what is in them is found out while they are read. */
    @Override
    public Discovery discover(Duration maxWait) {
        Opened now = opened();
        if (!hasObjects) {
            hasObjects = probe(now.bucket(), now.requests());
        }
        return hasObjects
                ? new Discovery(partitions(), true)
                : new Discovery(List.of(), !settings.looking().follow());
    }

    private List<Partition> partitions() {
        List<Partition> partitions = new ArrayList<>();
        for (int shard = 0; shard < settings.shards(); shard++) {
            String id = String.format(Locale.ROOT, "shard-%d-of-%d", shard, settings.shards());
            partitions.add(Partition.of(id, !settings.looking().follow()));
        }
        return partitions;
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        Opened now = opened();
        int number = Integer.parseInt(partition.id().split("-", 4)[1]);
        Shard shard = new Shard(number, settings, now.bucket(), now.listing(), now.requests());
        ShardState state =
                resumeFrom.map(from -> ShardState.decode(partition.id(), from)).orElseGet(ShardState::start);
        return new ShardPartition(partition.id(), shard, state);
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        ShardState decoded = ShardState.decode("", state);
        String objects = String.valueOf(decoded.done().size());
        return decoded.place()
                .map(place -> Map.of("objects", objects, "in", place.key(), "offset", String.valueOf(place.offset())))
                .orElseGet(() -> Map.of("objects", objects));
    }

    @Override
    public void close() {
        Opened now = opened;
        opened = null;
        closed = true;
        if (now != null) {
            now.requests().close();
            now.bucket().close();
        }
    }
}
