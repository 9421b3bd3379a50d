package dev.penstock.connector.lancedb;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;

/**
 * A table to read, as it is in one version; each of its fragments is a partition.
 *
 * <p>Fragments are never added to, and compaction puts the rows of several into a new one: as long as a run reads, it
 * reads the version that it began with, also after an interruption.
 */
final class LanceSource implements Source {
    private static final String PREFIX = "fragment-";

    private final SourceSettings settings;
    private @Nullable Opened opened;
    private boolean closed;

    LanceSource(SourceSettings settings) {
        this.settings = settings;
    }

    private record Opened(Lance lance, Dataset dataset, Schema schema) {}

    /** The id of the partition that a fragment is. */
    static String id(int fragment) {
        return PREFIX + fragment;
    }

    @Override
    public void open(ConnectorContext context) {
        if (opened != null || closed) {
            throw new IllegalStateException("Cannot open a source that was opened before");
        }
        Lance lance = new Lance(TableLocation.of(settings.table(), context.baseDirectory()));
        try {
            opened = inVersion(lance, pinned(lance));
        } finally {
            if (opened == null) {
                lance.close();
            }
        }
    }

    /** Reads from {@code dataset} from now on; closes it if that cannot be done. */
    private Opened inVersion(Lance lance, Dataset dataset) {
        try {
            Schema schema = schema(dataset);
            checkFilter(dataset);
            return new Opened(lance, dataset, schema);
        } catch (RuntimeException e) {
            dataset.close();
            throw e;
        }
    }

    private Schema schema(Dataset dataset) {
        return TableSchema.of(dataset).rows(settings.select(), SourceSettings.SELECT.name());
    }

    private Dataset pinned(Lance lance) {
        Dataset newest = lance.open()
                .orElseThrow(() -> new ConfigException(
                        "table",
                        Problem.Code.NOT_FOUND,
                        "there is no table '" + lance.location() + "'",
                        "check 'uri' and 'table', or write it first"));
        if (settings.version().isEmpty()) {
            return newest;
        }
        long version = newest.version();
        try (newest) {
            return at(newest, settings.version().get())
                    .orElseThrow(() -> new ConfigException(
                            "version",
                            Problem.Code.NOT_FOUND,
                            "is " + settings.version().get() + ", which the table does not have any more or yet",
                            "the newest is " + version));
        }
    }

    /** The table in another version, if it still has that. */
    private static Optional<Dataset> at(Dataset dataset, long version) {
        try {
            return Optional.of(dataset.checkoutVersion(version));
        } catch (Exception e) {
            if (LanceErrors.isNotFound(e)) {
                return Optional.empty();
            }
            throw LanceErrors.wrap("open version " + version + " of table '" + dataset.uri() + "'", e);
        }
    }

    private void checkFilter(Dataset dataset) {
        if (settings.filter().isPresent()) {
            LanceSearch.matching(dataset, settings.filter().get());
        }
    }

    private Opened opened() {
        if (opened == null) {
            throw new IllegalStateException("Cannot use the source: it is not open");
        }
        return opened;
    }

    @Override
    public Schema schema() {
        return opened().schema();
    }

    /** A run that was interrupted goes on in its version of the table; one that had ended gives way to a new one. */
    @Override
    public void restored(Map<String, ResumeState> known) {
        Opened now = opened();
        RunBefore before = RunBefore.of(known);
        if (settings.version().isEmpty() && before.version().isPresent()) {
            Optional<Dataset> version = at(now.dataset(), before.version().getAsLong());
            version.ifPresentOrElse(
                    dataset -> goOn(now, before, dataset),
                    () -> before.versionIsGone(now.dataset().version()));
        }
    }

    private void goOn(Opened newest, RunBefore before, Dataset version) {
        if (before.hasRead(version)) {
            version.close();
        } else {
            opened = inVersion(newest.lance(), version);
            newest.dataset().close();
        }
    }

    @Override
    public Discovery discover(Duration maxWait) {
        Dataset dataset = opened().dataset();
        List<Partition> partitions = dataset.getFragments().stream()
                .map(fragment -> partition(dataset.version(), fragment.getId()))
                .toList();
        return new Discovery(partitions, true);
    }

    private static Partition partition(long version, int fragment) {
        byte[] descriptor = ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(version)
                .putInt(fragment)
                .array();
        return new Partition(id(fragment), descriptor, true);
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        Opened now = opened();
        ByteBuffer descriptor = ByteBuffer.wrap(partition.descriptor());
        ReadPosition position = resumeFrom
                .map(ReadPosition::of)
                .orElseGet(() -> new ReadPosition(descriptor.getLong(), descriptor.getInt(), 0, false));
        if (position.ended()) {
            return FragmentReader.ended(position);
        }
        Lance lance = new Lance(now.lance().location());
        try {
            return reader(lance, version(lance, partition, position), position);
        } catch (RuntimeException e) {
            lance.close();
            throw e;
        }
    }

    private FragmentReader reader(Lance lance, Dataset version, ReadPosition position) {
        try {
            return new FragmentReader(
                    lance, version, position, new FragmentReader.Reading(schema(version), settings.filter()));
        } catch (RuntimeException e) {
            version.close();
            throw e;
        }
    }

    private Dataset version(Lance lance, Partition partition, ReadPosition position) {
        try (Dataset newest = lance.openExisting()) {
            return at(newest, position.version())
                    .orElseThrow(() ->
                            position.lost(partition.id(), opened().dataset().version()));
        }
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        ReadPosition position = ReadPosition.of(state);
        return Map.of(
                "version", String.valueOf(position.version()),
                "fragment", String.valueOf(position.fragment()),
                "rows", String.valueOf(position.rows()),
                "ended", String.valueOf(position.ended()));
    }

    @Override
    public void close() {
        closed = true;
        if (opened != null) {
            opened.dataset().close();
            opened.lance().close();
            opened = null;
        }
    }
}
