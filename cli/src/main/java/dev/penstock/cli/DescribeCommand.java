package dev.penstock.cli;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.CrossRule;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the settings of a connector, in each role. */
@Command(
        name = "describe",
        description = "Show the settings of a connector or transform.",
        footer = {
            "",
            "Example:",
            "  penstock describe files",
            "  penstock describe mask",
            "  penstock describe lancedb --all --markdown    the table for a page of documentation"
        })
final class DescribeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "CONNECTOR", description = "A name that 'penstock connectors' lists.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String name;

    @Option(names = "--all", description = "Show settings too that are seldom needed.")
    private boolean all;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    @Option(names = "--markdown", description = "Write Markdown tables.")
    private boolean markdown;

    DescribeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        ConnectorDescriptor descriptor = connector().descriptor();
        if (json) {
            surroundings.out().println(Json.of(asMap(descriptor)));
            return ExitCode.DONE;
        }
        surroundings.out().println(descriptor.name() + " " + descriptor.version() + ": " + descriptor.summary());
        surroundings.out().println("Capabilities: " + capabilities(descriptor));
        roles(descriptor).forEach(role -> describe(role, spec(descriptor, role)));
        return ExitCode.DONE;
    }

    private Connector connector() {
        ConnectorCatalog catalog = surroundings.catalog();
        return catalog.find(name)
                .orElseThrow(() -> new ConfigException(
                        "",
                        Problem.Code.UNKNOWN,
                        "Cannot describe '" + name + "': no connector has that name",
                        NearestName.hint(name, catalog.names())));
    }

    private void describe(Role role, ConfigSpec spec) {
        surroundings.out().println();
        surroundings.out().println(markdown ? "### As a " + role + "\n" : "As a " + role + ":");
        Table table = new Table("KEY", "TYPE", "DEFAULT", "MEANING");
        shown(spec).forEach(key -> table.row(key.name(), type(key), initial(key), meaning(key)));
        if (markdown) {
            markdown(spec);
        } else {
            table.print(surroundings.out());
        }
        for (CrossRule rule : spec.rules()) {
            surroundings.out().println((markdown ? "\n* " : "Give ") + rule.text());
        }
        if (spec.isSingle()) {
            surroundings.out().println("Written without its key: " + name + ": VALUE");
        }
    }

    private void markdown(ConfigSpec spec) {
        surroundings.out().println("| key | type | default | meaning |\n|---|---|---|---|");
        shown(spec)
                .forEach(key -> surroundings
                        .out()
                        .println(Stream.of("`" + key.name() + "`", type(key), initial(key), meaning(key))
                                .map(cell -> cell.replace("|", "\\|"))
                                .collect(Collectors.joining(" | ", "| ", " |"))));
    }

    private Stream<ConfigKey<?>> shown(ConfigSpec spec) {
        return spec.keys().stream().filter(key -> all || !key.advanced());
    }

    private static String type(ConfigKey<?> key) {
        List<String> allowed = key.type().allowed();
        return allowed.isEmpty() ? key.type().name() : String.join("|", allowed);
    }

    private static String initial(ConfigKey<?> key) {
        return key.required() ? "(required)" : key.defaultText().orElse("");
    }

    private static String meaning(ConfigKey<?> key) {
        return key.doc()
                + key.example().map(example -> "; for example " + example).orElse("");
    }

    private static String capabilities(ConnectorDescriptor descriptor) {
        return descriptor.capabilities().stream()
                .sorted()
                .map(ConfigType::kebab)
                .collect(Collectors.joining(", "));
    }

    private static ConfigSpec spec(ConnectorDescriptor descriptor, Role role) {
        return descriptor.spec(role).orElseThrow();
    }

    private static Stream<Role> roles(ConnectorDescriptor descriptor) {
        return descriptor.specs().keySet().stream().sorted();
    }

    private static Map<String, Object> asMap(ConnectorDescriptor descriptor) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", descriptor.name());
        map.put("version", descriptor.version());
        map.put("summary", descriptor.summary());
        map.put(
                "capabilities",
                descriptor.capabilities().stream()
                        .sorted()
                        .map(ConfigType::kebab)
                        .toList());
        Map<String, Object> settings = new LinkedHashMap<>();
        roles(descriptor)
                .forEach(role -> settings.put(
                        role.toString(),
                        spec(descriptor, role).keys().stream()
                                .map(DescribeCommand::asMap)
                                .toList()));
        map.put("settings", settings);
        return map;
    }

    private static Map<String, Object> asMap(ConfigKey<?> key) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("key", key.name());
        map.put("type", key.type().name());
        map.put("choices", key.type().allowed());
        map.put("required", key.required());
        map.put("default", key.defaultText().orElse(null));
        map.put("example", key.example().orElse(null));
        map.put("meaning", key.doc());
        map.put("since", key.since());
        map.put("advanced", key.advanced());
        return map;
    }
}
