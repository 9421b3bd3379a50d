package dev.penstock.dataflow.transform;

import dev.penstock.spi.Connector;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import java.util.Map;

/** Which columns have the same name and the same values behind a step as before it. */
public final class PassedColumns {
    private PassedColumns() {}

    /** Whether the step of {@code connector} hands on {@code column}, which there is before and behind it. */
    public static boolean passes(Connector connector, Config config, String column) {
        if (connector instanceof FilterConnector) {
            return true;
        }
        if (connector instanceof ComputeConnector) {
            return !config.get(ComputeConnector.COLUMNS).containsKey(column);
        }
        if (connector instanceof RenameConnector) {
            Map<String, String> names = config.get(RenameConnector.NAMES);
            return !names.containsKey(column) && !names.containsValue(column);
        }
        try (Transform transform = connector.transform(config)) {
            return transform.takesUnchanged(column);
        }
    }
}
