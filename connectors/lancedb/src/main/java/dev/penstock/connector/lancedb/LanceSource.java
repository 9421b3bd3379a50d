package dev.penstock.connector.lancedb;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeLostException;
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

/** A table to read, as it is in one version; each of its fragments is a partition. */
final class LanceSource implements Source {
    private static final String PREFIX = "fragment-";

    private final SourceSettings settings;
    private @Nullable Opened opened;

    LanceSource(SourceSettings settings) {
        this.settings = settings;
    }

    private record Opened(Lance lance, Dataset dataset, Schema schema) {}

    @Override
    public void open(ConnectorContext context) {
        if (opened != null) {
            throw new IllegalStateException("Cannot open the source twice");
        }
        Lance lance = new Lance(TableLocation.of(settings.table(), context.baseDirectory()));
        try {
            Dataset dataset = pinned(lance);
            try {
                Schema schema = TableSchema.of(dataset).rows(settings.select(), SourceSettings.SELECT.name());
                checkFilter(dataset);
                opened = new Opened(lance, dataset, schema);
            } finally {
                if (opened == null) {
                    dataset.close();
                }
            }
        } finally {
            if (opened == null) {
                lance.close();
            }
        }
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
            return newest.checkoutVersion(settings.version().get());
        } catch (Exception e) {
            throw LanceErrors.isNotFound(e)
                    ? new ConfigException(
                            "version",
                            Problem.Code.NOT_FOUND,
                            "is " + settings.version().get() + ", which the table does not have any more or yet",
                            "the newest is " + version)
                    : LanceErrors.wrap("open table '" + lance.location() + "'", e);
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
        return new Partition(PREFIX + fragment, descriptor, true);
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        ByteBuffer descriptor = ByteBuffer.wrap(partition.descriptor());
        ReadPosition position = resumeFrom
                .map(ReadPosition::of)
                .orElseGet(() -> new ReadPosition(descriptor.getLong(), descriptor.getInt(), 0, false));
        if (position.ended()) {
            return FragmentReader.ended(position);
        }
        Lance lance = new Lance(opened().lance().location());
        try {
            return new FragmentReader(lance, version(lance, partition, position), position, reading());
        } catch (RuntimeException e) {
            lance.close();
            throw e;
        }
    }

    private FragmentReader.Reading reading() {
        return new FragmentReader.Reading(schema(), settings.filter());
    }

    private Dataset version(Lance lance, Partition partition, ReadPosition position) {
        try (Dataset newest = lance.openExisting()) {
            return newest.checkoutVersion(position.version());
        } catch (Exception e) {
            if (!LanceErrors.isNotFound(e)) {
                throw LanceErrors.wrap(
                        "open version " + position.version() + " of table '" + lance.location() + "'", e);
            }
            throw new ResumeLostException(
                    partition.id(),
                    "row " + position.rows() + " of version " + position.version(),
                    "that version was cleaned away, the one being read is "
                            + opened().dataset().version(),
                    "reset the state of the source to read the table from its start, and keep versions longer");
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
        if (opened != null) {
            opened.dataset().close();
            opened.lance().close();
            opened = null;
        }
    }
}
