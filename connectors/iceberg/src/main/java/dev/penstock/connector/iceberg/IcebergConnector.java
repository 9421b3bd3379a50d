package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.parquet.ParquetDataFiles;
import dev.penstock.connector.iceberg.schema.TypeMapping;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads and writes tables of Apache Iceberg. */
public final class IcebergConnector implements Connector {
    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "iceberg",
            "0.1.0",
            "Tables of Apache Iceberg, read and written exactly once",
            Map.of(Role.SOURCE, SourceSettings.spec(), Role.SINK, SinkSettings.spec()),
            Set.of(
                    Capability.BOUNDED,
                    Capability.UNBOUNDED,
                    Capability.REPLAYABLE,
                    Capability.TRANSACTIONAL,
                    Capability.ATOMIC_ACROSS_WRITERS,
                    Capability.FENCING,
                    Capability.UPSERT,
                    Capability.SCHEMA_EVOLUTION));

    /** A connector; opens nothing. */
    public IcebergConnector() {}

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Source source(Config config) {
        return new IcebergSource(SourceSettings.of(config));
    }

    @Override
    public Sink sink(Config config) {
        return new IcebergSink(SinkSettings.of(config), new TypeMapping(), ParquetDataFiles::new);
    }

    @Override
    public List<Maintenance.Action> maintenanceActions() {
        return UpkeepAction.all();
    }

    @Override
    public Maintenance maintenance(Config sink) {
        return new IcebergMaintenance(SinkSettings.of(sink));
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        return role == Role.SOURCE
                ? new IcebergSource(SourceSettings.of(config)).check(context)
                : new IcebergCheck(TableSettings.of(config)).run(context);
    }
}
