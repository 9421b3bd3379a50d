package dev.penstock.connector.lancedb;

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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table to write to. */
final class LanceSink implements Sink {
    private final SinkSettings settings;
    private final Function<TableLocation, TableFiles> filesOf;
    private @Nullable Opened opened;
    private boolean closed;
    private WriteMode mode = WriteMode.append();
    private Optional<Schema> planned = Optional.empty();

    LanceSink(SinkSettings settings) {
        this(settings, TableFiles::of);
    }

    LanceSink(SinkSettings settings, Function<TableLocation, TableFiles> filesOf) {
        this.settings = settings;
        this.filesOf = filesOf;
    }

    private record Opened(ConnectorContext context, Lance lance) {}

    @Override
    public void open(ConnectorContext context) {
        if (closed || opened != null) {
            throw new IllegalStateException("Cannot open the sink twice");
        }
        opened = new Opened(context, new Lance(TableLocation.of(settings.table(), context.baseDirectory())));
    }

    private Opened opened() {
        if (opened == null) {
            throw new IllegalStateException("Cannot use the sink: it is not open");
        }
        return opened;
    }

    @Override
    public SinkPlan plan(Schema input, WriteMode newMode) {
        Optional<TableSchema> table = opened().lance().open().map(dataset -> {
            try (dataset) {
                return TableSchema.of(dataset);
            }
        });
        SinkPlan plan = TablePlan.of(input, newMode, table);
        if (!(plan instanceof SinkPlan.Reject)) {
            mode = newMode;
            planned = Optional.of(input);
        }
        return plan;
    }

    @Override
    public void provision() {
        TargetTable.ensure(opened().lance(), planned);
    }

    /** Removes what is staged, and the table if it holds no row; rows stay. */
    @Override
    public void deprovision() {
        ConnectorContext context = opened().context();
        staging(context.pipeline() + "/" + context.stepId()).deleteAll();
        opened().lance().dropIfEmpty();
    }

    /** Deletes go by other columns than the key perhaps, and all rows of one value must meet in one writer. */
    @Override
    public Routing routing() {
        return mode.kind() == WriteMode.Kind.UPSERT ? new Routing.ByKey(mode.deleteBy()) : Routing.any();
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        Lance lance = new Lance(opened().lance().location());
        Staging staging = staging(slot.sinkId());
        staging.deleteStrays(slot);
        TargetTable table = new TargetTable(lance, settings.files(), ids(restored), planned);
        return new LanceWriter(lance, staging, slot, new LanceWriter.WriterTask(mode, settings.files(), table));
    }

    private static Set<String> ids(List<ResumeState> restored) {
        return restored.stream()
                .map(state -> {
                    if (state.version() != LanceWriter.SNAPSHOT_VERSION) {
                        throw new StateVersionException(
                                "a LanceDB writer", state.version(), LanceWriter.SNAPSHOT_VERSION);
                    }
                    return new String(state.bytes(), StandardCharsets.UTF_8);
                })
                .collect(Collectors.toSet());
    }

    private Staging staging(String sinkId) {
        TableLocation location = opened().lance().location();
        return new Staging(location, SinkName.of(sinkId), filesOf.apply(location));
    }

    @Override
    public SinkCommitter committer(String sinkId, String runId) {
        ConnectorContext context = opened().context();
        LanceCommitter.Owner owner = new LanceCommitter.Owner(SinkName.of(sinkId), runId, context.generation());
        Lance lance = new Lance(opened().lance().location());
        return new LanceCommitter(lance, staging(sinkId), owner, settings);
    }

    @Override
    public void close() {
        closed = true;
        if (opened != null) {
            opened.lance().close();
            opened = null;
        }
    }
}
