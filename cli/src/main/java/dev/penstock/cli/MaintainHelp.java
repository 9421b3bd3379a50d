package dev.penstock.cli;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.config.ConfigKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What connectors offer to do for what they have written, for people. */
final class MaintainHelp {
    private MaintainHelp() {}

    static String actions(ConnectorCatalog catalog) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        for (String name : catalog.names()) {
            Optional<Connector> connector = catalog.find(name);
            connector.ifPresent(found -> print(found, out));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void print(Connector connector, PrintStream out) {
        if (connector.maintenanceActions().isEmpty()) {
            return;
        }
        out.println();
        out.println("Actions for what '" + connector.descriptor().name() + "' has written:");
        for (Maintenance.Action action : connector.maintenanceActions()) {
            Table table = new Table("  " + action.name(), action.summary());
            action.options().keys().forEach(key -> table.row("    --" + key.name(), meaning(key)));
            table.print(out);
        }
    }

    private static String meaning(ConfigKey<?> key) {
        return key.doc()
                + key.defaultText().map(text -> "; default " + text).orElse("")
                + key.example().map(text -> "; for example " + text).orElse("");
    }
}
