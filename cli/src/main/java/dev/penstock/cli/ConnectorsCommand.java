package dev.penstock.cli;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.config.ConfigType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what pipelines can be made of. */
@Command(
        name = "connectors",
        description = "List the connectors and transforms that pipelines can use.",
        footer = {"", "Example:", "  penstock connectors", "  penstock describe lancedb    the settings of one of them"
        })
final class ConnectorsCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    ConnectorsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws ConfigException {
        List<ConnectorDescriptor> all = surroundings.catalog().all().stream()
                .map(Connector::descriptor)
                .sorted(Comparator.comparing(ConnectorDescriptor::name))
                .toList();
        if (json) {
            surroundings
                    .out()
                    .println(Json.of(all.stream().map(ConnectorsCommand::asMap).toList()));
        } else {
            Table table = new Table("NAME", "ROLES", "SUMMARY");
            all.forEach(one -> table.row(one.name(), roles(one), one.summary()));
            table.print(surroundings.out());
        }
        return ExitCode.DONE;
    }

    private static String roles(ConnectorDescriptor descriptor) {
        return descriptor.specs().keySet().stream()
                .sorted()
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }

    private static Map<String, Object> asMap(ConnectorDescriptor descriptor) {
        return Map.of(
                "name", descriptor.name(),
                "version", descriptor.version(),
                "summary", descriptor.summary(),
                "roles", descriptor.specs().keySet().stream().sorted().toList(),
                "capabilities",
                        descriptor.capabilities().stream()
                                .sorted()
                                .map(ConfigType::kebab)
                                .toList());
    }
}
