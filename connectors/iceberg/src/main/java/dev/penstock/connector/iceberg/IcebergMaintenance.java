package dev.penstock.connector.iceberg;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.config.Problem;
import org.jspecify.annotations.Nullable;

/** Looks after a table. */
final class IcebergMaintenance implements Maintenance {
    private final SinkSettings settings;
    private @Nullable ConnectorContext context;
    private @Nullable TableAccess access;
    private boolean closed;
    private volatile boolean stopped;

    IcebergMaintenance(SinkSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(ConnectorContext opening) {
        if (closed || access != null) {
            throw new IllegalStateException("Cannot open maintenance twice");
        }
        context = opening;
        access = new TableAccess(
                new Catalogs(settings.table().catalog(), opening.baseDirectory()),
                settings.table().table());
    }

    @Override
    public Report run(Request request, Progress progress) {
        if (access == null || context == null) {
            throw new IllegalStateException("Cannot maintain a table: open it first");
        }
        Upkeep upkeep = new Upkeep(access, settings.commits(), request, progress, context.clock(), () -> stopped);
        try {
            if (access.find().isEmpty()) {
                throw new ConfigException(
                        TableSettings.TABLE.name(),
                        Problem.Code.NOT_FOUND,
                        "there is no table '" + access.name() + "'",
                        "run the pipeline first, or name another one");
            }
            return switch (UpkeepAction.of(request.action())) {
                case EXPIRE -> new SnapshotExpiry(upkeep).run();
                case ORPHANS -> new OrphanRemoval(upkeep).run();
                case REWRITE_MANIFESTS -> new ManifestRewrite(upkeep).run();
                case COMPACT -> new Compaction(upkeep).run();
            };
        } catch (RuntimeException e) {
            throw IcebergErrors.wrap(request.action() + " table '" + access.name() + "'", e);
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        closed = true;
        if (access != null) {
            access.close();
            access = null;
        }
    }
}
