package dev.penstock.connector.iceberg;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.Metrics;
import dev.penstock.spi.config.Config;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Looks after the table {@code shop.orders} of a warehouse, as the command does, at a time of its own. */
final class TestUpkeep implements Maintenance.Progress {
    private final Path warehouse;
    private final Duration later;
    private final Map<String, Object> settings = new HashMap<>();
    private final List<String> items = new ArrayList<>();
    private Runnable whileItWorks = () -> {};
    private Consumer<String> listener = item -> {};

    /** Upkeep that takes it to be {@code later}. */
    TestUpkeep(Path warehouse, Duration later) {
        this.warehouse = warehouse;
        this.later = later;
        settings.put("warehouse", warehouse.toString());
        settings.put("table", "shop.orders");
        settings.put(
                "uri", LyingDriver.before("jdbc:sqlite:" + warehouse.resolve("catalog.db") + "?busy_timeout=30000"));
    }

    TestUpkeep with(String setting, Object value) {
        settings.put(setting, value);
        return this;
    }

    /** Does something each time that it tells how far it is. */
    TestUpkeep meanwhile(Runnable action) {
        whileItWorks = action;
        return this;
    }

    /** Does something each time that it tells of a thing it has done. */
    TestUpkeep told(Consumer<String> action) {
        listener = action;
        return this;
    }

    Maintenance.Report run(String action, Map<String, Object> options) {
        return run(action, options, false);
    }

    Maintenance.Report dryRun(String action, Map<String, Object> options) {
        return run(action, options, true);
    }

    private Maintenance.Report run(String action, Map<String, Object> options, boolean dry) {
        IcebergConnector connector = new IcebergConnector();
        Config sink = SinkSettings.spec().parse(settings).orThrow();
        Config parsed = connector.maintenanceActions().stream()
                .filter(offered -> offered.name().equals(action))
                .findFirst()
                .orElseThrow()
                .options()
                .parse(options)
                .orThrow();
        items.clear();
        try (Maintenance maintenance = connector.maintenance(sink)) {
            maintenance.open(new Later(warehouse, later));
            return maintenance.run(new Maintenance.Request(action, parsed, dry), this);
        }
    }

    List<String> items() {
        return List.copyOf(items);
    }

    @Override
    public void at(String activity, long done, long total) {
        whileItWorks.run();
    }

    @Override
    public void item(String what) {
        items.add(what);
        listener.accept(what);
    }

    private record Later(Path baseDirectory, Duration later) implements ConnectorContext {
        @Override
        public String pipeline() {
            return "orders";
        }

        @Override
        public String stepId() {
            return "iceberg";
        }

        @Override
        public long generation() {
            return 0;
        }

        @Override
        public Path workDirectory() {
            return baseDirectory;
        }

        @Override
        public Metrics metrics() {
            return Metrics.NONE;
        }

        @Override
        public Clock clock() {
            return Clock.offset(Clock.systemUTC(), later);
        }
    }
}
