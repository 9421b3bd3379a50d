package dev.penstock.connector.iceberg;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/** A table to read: its rows as they are, then those that are appended. */
final class IcebergSource implements Source {
    private final SourceSettings settings;
    private volatile @Nullable Opened opened;
    private volatile Optional<Long> start = Optional.empty();
    private volatile boolean closed;

    IcebergSource(SourceSettings settings) {
        this.settings = settings;
    }

    private record Opened(TableAccess access, TableHistory history) {}

    @Override
    public void open(ConnectorContext context) {
        if (closed || opened != null) {
            throw new IllegalStateException("Cannot open a source twice");
        }
        Catalogs catalogs = new Catalogs(settings.table().catalog(), context.baseDirectory());
        TableAccess access = new TableAccess(catalogs, settings.table().table());
        try {
            Table table = IcebergErrors.doing(
                    "open", access.name(), () -> access.find().orElseThrow(() -> missing(access.name())));
            requireBranch(access.name(), table);
            TableHistory history = new TableHistory(access.name(), table, settings);
            history.rows();
            opened = new Opened(access, history);
        } catch (RuntimeException e) {
            try (access) {
                throw e;
            }
        }
    }

    private static ConfigException missing(String name) {
        return new ConfigException(
                TableSettings.TABLE.name(),
                Problem.Code.NOT_FOUND,
                "there is no table '" + name + "' in the catalog",
                "name another one, or write it first");
    }

    /** The main branch of a table without snapshots is not there and empty; of others nobody knows what was meant. */
    private void requireBranch(String name, Table table) {
        String branch = settings.what().branch();
        if (!branch.equals(SnapshotRef.MAIN_BRANCH) && !table.refs().containsKey(branch)) {
            throw new ConfigException(
                    SourceSettings.BRANCH.name(),
                    Problem.Code.NOT_FOUND,
                    "table '" + name + "' has no branch '" + branch + "'",
                    "name another one, or make it first");
        }
    }

    /** What is wrong outside; changes nothing. */
    List<Problem> check(ConnectorContext context) {
        try {
            open(context);
            return List.of();
        } catch (RuntimeException e) {
            return IcebergErrors.problems(e);
        } finally {
            close();
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
        return opened().history().rows();
    }

    /** All shards begin at one snapshot, also those that had no state when others had. */
    @Override
    public void restored(Map<String, ResumeState> known) {
        opened();
        for (Map.Entry<String, ResumeState> each : known.entrySet()) {
            start = Optional.of(ReadState.decode(each.getKey(), each.getValue()).start());
            int number = number(each.getKey());
            if (number < 0) {
                throw new ConfigException(
                        SourceSettings.SHARDS.name(),
                        Problem.Code.INCOMPATIBLE,
                        "the pipeline has a state of partition '" + each.getKey() + "', and there are "
                                + settings.shards() + " shards now",
                        "set it to what it was, or begin with a new state");
            }
        }
    }

    /** Shards show once the table has a snapshot, and are the same from then on. */
    @Override
    public Discovery discover(Duration maxWait) {
        Opened now = opened();
        if (start.isEmpty()) {
            start = IcebergErrors.doing("look at", now.access().name(), now.history()::first);
        }
        return start.map(snapshot -> new Discovery(partitions(snapshot), true))
                .orElseGet(() -> new Discovery(List.of(), !settings.looking().follow()));
    }

    private List<Partition> partitions(long snapshot) {
        byte[] descriptor = ByteBuffer.allocate(Long.BYTES).putLong(snapshot).array();
        List<Partition> partitions = new ArrayList<>();
        for (int shard = 0; shard < settings.shards(); shard++) {
            partitions.add(
                    new Partition(id(shard), descriptor, !settings.looking().follow()));
        }
        return partitions;
    }

    private String id(int shard) {
        return String.format(Locale.ROOT, "shard-%d-of-%d", shard, settings.shards());
    }

    /** Which shard a partition is; -1 if it is none of these. */
    private int number(String id) {
        for (int shard = 0; shard < settings.shards(); shard++) {
            if (id(shard).equals(id)) {
                return shard;
            }
        }
        return -1;
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        Opened now = opened();
        TableHistory history = now.history();
        TableHistory.Shard shard = new TableHistory.Shard(partition.id(), number(partition.id()));
        ReadState state = resumeFrom
                .map(from -> ReadState.decode(partition.id(), from))
                .orElseGet(() -> ReadState.start(
                        history.uuid(), ByteBuffer.wrap(partition.descriptor()).getLong()));
        if (resumeFrom.isPresent()) {
            IcebergErrors.doing("look at", now.access().name(), () -> {
                history.requireAvailable(shard, state);
                return state;
            });
        }
        return new ShardReader(shard, history, settings.looking(), state);
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        ReadState decoded = ReadState.decode("", state);
        return Map.of("position", decoded.shown());
    }

    @Override
    public void close() {
        Opened now = opened;
        opened = null;
        closed = true;
        if (now != null) {
            now.access().close();
        }
    }
}
