package dev.penstock.cli;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode.SinkNode;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Maintenance;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one sink has written, to be looked after.
 *
 * @param step the sink's id; of a table without a pipeline, the connector's name
 * @param settings those of the sink
 */
record MaintainTarget(CommandContext context, String step, Connector connector, Config settings) {
    /**
     * The sinks of {@code plan} that offer maintenance, or the one named {@code sinkId}.
     *
     * @throws ConfigException if there is none
     */
    static List<MaintainTarget> of(Plan plan, Optional<String> sinkId) {
        List<MaintainTarget> targets = plan.nodes(SinkNode.class).stream()
                .filter(node -> sinkId.isEmpty() || sinkId.get().equals(node.id()))
                .filter(node -> !node.connector().maintenanceActions().isEmpty())
                .map(node -> new MaintainTarget(
                        new CommandContext(plan, node.id()), node.id(), node.connector(), node.config()))
                .toList();
        if (targets.isEmpty()) {
            throw refuse(
                    "sinks",
                    "pipeline '" + plan.pipeline() + "' has no sink "
                            + sinkId.map(id -> "'" + id + "' ").orElse("") + "that offers maintenance",
                    "'penstock maintain --help' tells which connectors do");
        }
        return targets;
    }

    /**
     * What a sink of {@code connector} with {@code written} settings would write.
     *
     * @param written as {@code name=value}
     */
    static MaintainTarget of(ConnectorCatalog catalog, String connector, List<String> written) {
        Connector found = catalog.find(connector)
                .filter(one -> !one.maintenanceActions().isEmpty())
                .orElseThrow(() -> refuse(
                        "--connector",
                        "'" + connector + "' is no connector that offers maintenance",
                        NearestName.hint(connector, catalog.names())));
        ConfigSpec spec = found.descriptor().spec(Role.SINK).orElseThrow();
        Map<String, Object> settings = new LinkedHashMap<>();
        written.forEach(setting -> put(settings, setting));
        return new MaintainTarget(
                new CommandContext(connector, connector, Path.of("")), connector, found, parsed(spec, settings, ""));
    }

    private static void put(Map<String, Object> settings, String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw refuse("--set", "'" + setting + "' has no value", "write it as NAME=VALUE");
        }
        settings.put(setting.substring(0, equals), setting.substring(equals + 1));
    }

    /** The action named {@code name}. */
    Maintenance.Action action(String name) {
        List<Maintenance.Action> offered = connector.maintenanceActions();
        return offered.stream()
                .filter(action -> action.name().equals(name))
                .findFirst()
                .orElseThrow(() -> refuse(
                        "",
                        "Cannot do '" + name + "' for what '"
                                + connector.descriptor().name() + "' has written: it is none of its actions",
                        NearestName.hint(
                                name,
                                offered.stream().map(Maintenance.Action::name).toList())));
    }

    /** What {@code written} options of {@code action} mean. */
    static Config options(Maintenance.Action action, Map<String, Object> written) {
        return parsed(action.options(), written, "--");
    }

    private static Config parsed(ConfigSpec spec, Map<String, Object> written, String prefix) {
        ConfigSpec.Parsed parsed = spec.parse(written);
        return parsed.config()
                .orElseThrow(() -> new ConfigException(parsed.problems().stream()
                        .map(problem -> new Problem(
                                prefix + problem.path(),
                                problem.code(),
                                problem.severity(),
                                problem.reason(),
                                problem.remedy()))
                        .toList()));
    }

    private static ConfigException refuse(String path, String reason, String remedy) {
        return new ConfigException(path, Problem.Code.NOT_FOUND, reason, remedy);
    }
}
