package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.parquet.DataFileWriters;
import dev.penstock.connector.iceberg.schema.SchemaMapping;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Routing;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.StateVersionException;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/** A table to write to. */
final class IcebergSink implements Sink {
    private final SinkSettings settings;
    private final SchemaMapping mapping;
    private final Function<FileIO, DataFileWriters> writers;
    private @Nullable Opened opened;
    private boolean closed;
    private Optional<Planned> planned = Optional.empty();

    IcebergSink(SinkSettings settings, SchemaMapping mapping, Function<FileIO, DataFileWriters> writers) {
        this.settings = settings;
        this.mapping = mapping;
        this.writers = writers;
    }

    private record Opened(ConnectorContext context, TableAccess access) {}

    private record Planned(Schema input, WriteMode mode) {}

    @Override
    public void open(ConnectorContext context) {
        if (closed || opened != null) {
            throw new IllegalStateException("Cannot open the sink twice");
        }
        Catalogs catalogs = new Catalogs(settings.table().catalog(), context.baseDirectory());
        opened = new Opened(context, new TableAccess(catalogs, settings.table().table()));
    }

    private Opened opened() {
        if (opened == null) {
            throw new IllegalStateException("Cannot use the sink: it is not open");
        }
        return opened;
    }

    private TableAccess access() {
        return opened().access();
    }

    @Override
    public SinkPlan plan(Schema input, WriteMode mode) {
        SinkPlan plan =
                doing("plan", () -> compare(input, mode, access().find()).toSinkPlan());
        if (!(plan instanceof SinkPlan.Reject)) {
            planned = Optional.of(new Planned(input, mode));
        }
        return plan;
    }

    private TablePlan compare(Schema input, WriteMode mode, Optional<Table> table) {
        return TablePlan.of(input, mode, new TablePlan.Rules(settings, mapping), table);
    }

    private <T> T doing(String verb, Supplier<T> action) {
        return IcebergErrors.doing(verb, access().name(), action);
    }

    @Override
    public void provision() {
        planned.ifPresent(wanted -> doing("provision", () -> {
            if (access().find().isEmpty()) {
                NewTable.create(access(), NewTable.schema(wanted.input(), wanted.mode(), mapping), settings.newTable());
            }
            change(wanted);
            return true;
        }));
    }

    /** Changes the columns of the table, in a commit of its own, until rows fit; others may be changing them too. */
    private void change(Planned wanted) {
        CommitLoop loop = new CommitLoop(
                () -> new CommitTable(access().load()), settings.commits().timeout());
        loop.run("change the columns of table '" + access().name() + "'", table -> {
            table.refresh();
            TablePlan plan = compare(wanted.input(), wanted.mode(), Optional.of(table.table()));
            if (!plan.problems().isEmpty()) {
                throw new ConfigException(plan.problems());
            }
            if (!plan.changes().isEmpty()) {
                UpdateSchema update = table.table().updateSchema();
                plan.changes().forEach(change -> change.applyTo(update));
                update.commit();
            }
            return Optional.of(true);
        });
    }

    /** Removes what is not committed, and the table if it holds no row; rows stay. */
    @Override
    public void deprovision() {
        ConnectorContext context = opened().context();
        SinkName sink = SinkName.of(context.pipeline() + "/" + context.stepId());
        doing("deprovision", () -> {
            access().find().ifPresent(table -> {
                Intents intents = new Intents(table, sink);
                intents.delete(intents.open());
            });
            access().dropIfEmpty();
            return true;
        });
    }

    private WriteMode mode() {
        return planned.map(Planned::mode).orElseGet(WriteMode::append);
    }

    /**
     * Changes of one key are folded in the order they come, and a delete meets the rows it is about in its writer. Both
     * hold for several writers only if a key has one value in the columns that deletes go by.
     */
    @Override
    public Routing routing() {
        if (mode().kind() != WriteMode.Kind.UPSERT) {
            return Routing.any();
        }
        boolean told = mode().key().containsAll(mode().deleteBy());
        return told ? new Routing.ByKey(mode().deleteBy()) : new Routing.Single();
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        TargetTable target = new TargetTable(access(), ids(restored));
        doing("remove what was left over beside", () -> {
            access().find().ifPresent(table -> new Intents(table, SinkName.of(slot.sinkId())).deleteStrays(slot));
            return true;
        });
        return new IcebergWriter(target, slot, new IcebergWriter.Task(mode(), writers, settings.files()));
    }

    private static Set<String> ids(List<ResumeState> restored) {
        return restored.stream()
                .map(state -> {
                    if (state.version() != IcebergWriter.SNAPSHOT_VERSION) {
                        throw new StateVersionException(
                                "an Iceberg writer", state.version(), IcebergWriter.SNAPSHOT_VERSION);
                    }
                    return new String(state.bytes(), StandardCharsets.UTF_8);
                })
                .collect(Collectors.toSet());
    }

    @Override
    public SinkCommitter committer(String sinkId, String runId) {
        return IcebergCommitter.of(
                access(),
                SinkName.of(sinkId),
                settings.commits(),
                opened().context().generation());
    }

    @Override
    public void close() {
        closed = true;
        if (opened != null) {
            opened.access().close();
            opened = null;
        }
    }
}
