package dev.penstock.connector.lancedb;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;
import org.lance.FragmentMetadata;

/**
 * The table that rows are written for: made on demand, told apart from any that may take its place by an id in its
 * config.
 */
final class TargetTable {
    static final String ID_KEY = "penstock.table";

    private final Lance lance;
    private final SinkSettings.Files limits;
    private final Set<String> restoredIds;
    private final Optional<Schema> planned;
    private @Nullable Known known;

    /**
     * The table at the location of {@code lance}.
     *
     * @param restoredIds of the tables that earlier incarnations wrote to; at most one unless something is wrong
     * @param planned the columns to make it with if it does not exist
     */
    TargetTable(Lance lance, SinkSettings.Files limits, Set<String> restoredIds, Optional<Schema> planned) {
        this.lance = lance;
        this.limits = limits;
        this.restoredIds = Set.copyOf(restoredIds);
        this.planned = planned;
    }

    private record Known(String id, TableSchema schema, Lance.FileLimits limits) {
        boolean has(Schema rows) {
            return schema.fieldIds().keySet().containsAll(rows.names());
        }
    }

    /** Makes the table if it does not exist, gives it an id if it has none, and adds the columns it lacks. */
    static void ensure(Lance lance, Optional<Schema> planned) {
        if (planned.isPresent() && !exists(lance)) {
            lance.create(ArrowTypes.toArrow(planned.get()));
        }
        try (Dataset dataset = lance.openExisting()) {
            planned.ifPresent(schema -> addColumns(dataset, schema));
            if (!dataset.getConfig().containsKey(ID_KEY)) {
                TableCommit.setConfig(dataset, ID_KEY, UUID.randomUUID().toString());
            }
        } catch (Exception e) {
            if (!LanceErrors.isConflict(e)) {
                throw LanceErrors.wrap("mark table '" + lance.location() + "' as written to", e);
            }
        }
    }

    private static void addColumns(Dataset dataset, Schema planned) {
        List<Field> missing = planned.fields().stream()
                .filter(field -> dataset.getSchema().getFields().stream()
                        .noneMatch(column -> column.getName().equals(field.name())))
                .toList();
        if (!missing.isEmpty()) {
            dataset.addColumns(missing.stream().map(ArrowTypes::toArrow).toList());
            dataset.checkoutLatest();
        }
    }

    private static boolean exists(Lance lance) {
        Optional<Dataset> dataset = lance.open();
        dataset.ifPresent(Dataset::close);
        return dataset.isPresent();
    }

    private Known table() {
        if (known == null) {
            ensure(lance, restoredIds.isEmpty() ? planned : Optional.empty());
            known = load();
        }
        return known;
    }

    private Known load() {
        try (Dataset dataset = lance.openExisting()) {
            String id = dataset.getConfig().getOrDefault(ID_KEY, "");
            if (!restoredIds.isEmpty() && !restoredIds.contains(id)) {
                throw new FatalException("Cannot write to table '" + lance.location()
                        + "': another table has taken the place of the one that was written to before;"
                        + " restore it, or reset the state of the pipeline to fill the new one from the start");
            }
            return new Known(
                    id,
                    TableSchema.of(dataset),
                    new Lance.FileLimits(limits.maxRows(), limits.maxBytes(), dataset.getLanceFileFormatVersion()));
        }
    }

    /** The id of the table, once it is known. */
    Optional<String> knownId() {
        return Optional.ofNullable(known).map(Known::id).filter(id -> !id.isEmpty());
    }

    String id() {
        return table().id();
    }

    /** The columns of the data files, nested ones as {@code outer.inner}. */
    List<String> columns() {
        return table().schema().columns();
    }

    /** Writes rows into data files below {@code directory}. */
    List<StagedFragment> write(String directory, List<RecordBatch> rows) {
        Known target = table();
        if (!rows.stream().allMatch(batch -> target.has(batch.schema()))) {
            // A column was added while rows were under way.
            known = load();
        }
        return write(directory, rows, table());
    }

    private List<StagedFragment> write(String directory, List<RecordBatch> rows, Known target) {
        for (RecordBatch batch : rows) {
            if (!target.has(batch.schema())) {
                throw new FatalException("Cannot write rows of " + batch.schema() + " to table '" + lance.location()
                        + "': it does not have all of these columns; plan and provision the sink for them first");
            }
        }
        List<FragmentMetadata> written =
                lance.write(directory, target.schema().arrow(), rows.iterator(), target.limits());
        return written.stream().map(StagedFragment::of).toList();
    }
}
