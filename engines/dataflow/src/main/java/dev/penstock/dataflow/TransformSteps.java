package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.row.KeyedConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Plans transforms, each written as a mapping of one connector to its settings, {@code chunk: { field: text }}, with
 * {@code name} beside it for the name of the step and {@code from} for the steps it takes from; a connector without
 * settings may stand alone.
 */
final class TransformSteps {
    private static final String NAME = Sections.NAME.name();
    private static final String FROM = Sections.FROM.name();

    private final Planning planning;

    TransformSteps(Planning planning) {
        this.planning = planning;
    }

    /** The step at {@code path}, if it is right. */
    Optional<PlanNode> plan(String path, Tree tree, List<String> inputs) {
        if (tree instanceof Tree.Scalar connector) {
            return plan(path, connector.text(), new Tree.Nothing("", tree.line()), Optional.empty(), inputs, path);
        }
        if (!(tree instanceof Tree.Mapping mapping) || connectors(mapping).size() != 1) {
            planning.error(
                    path,
                    Problem.Code.WRONG_TYPE,
                    "expected one connector with its settings",
                    "write one transform an item, for example - filter: \"price > 10\", with name beside it if wanted");
            return Optional.empty();
        }
        String connector = connectors(mapping).get(0);
        Optional<String> name = mapping.find(NAME).map(Tree::texts).map(String::valueOf);
        return plan(
                path + "." + connector,
                connector,
                requireNonNull(mapping.entries().get(connector)).value(),
                name,
                inputs,
                path + "." + connector);
    }

    private static List<String> connectors(Tree.Mapping mapping) {
        return mapping.entries().keySet().stream()
                .filter(key -> !key.equals(NAME) && !key.equals(FROM))
                .toList();
    }

    private Optional<PlanNode> plan(
            String path, String name, Tree written, Optional<String> given, List<String> inputs, String at) {
        if (written instanceof Tree.Mapping settings && FormatStep.is(name, settings)) {
            String id = given.orElseGet(() -> planning.names().made(name));
            return new FormatStep(planning, path, name).plan(settings, id, inputs);
        }
        Optional<Connector> connector = planning.connector(at, name, Role.TRANSFORM);
        String id = given.orElseGet(() -> planning.names().made(name));
        // "- flatten:" and "- flatten" say all that there is to say.
        Tree settings = written instanceof Tree.Nothing ? new Tree.Mapping(Map.of(), written.line()) : written;
        Optional<ConfigSpec> spec =
                connector.flatMap(found -> found.descriptor().spec(Role.TRANSFORM));
        UnaryOperator<Problem> placed = problem -> spec.map(found -> Planning.asWritten(found, problem))
                .orElse(problem)
                .at(path);
        planning.place(id, placed);
        Optional<Config> config = spec.flatMap(found -> planning.parse(path, found, settings))
                .filter(parsed -> planning.tried(() -> tried(connector.orElseThrow(), parsed), placed));
        return config.flatMap(parsed -> node(path, id, inputs, connector.orElseThrow(), parsed));
    }

    private static AutoCloseable tried(Connector connector, Config config) {
        if (connector instanceof KeyedConnector keyed) {
            keyed.step("tried", config);
            return () -> {};
        }
        return connector.transform(config);
    }

    private Optional<PlanNode> node(String path, String id, List<String> inputs, Connector connector, Config config) {
        if (!(connector instanceof KeyedConnector keyed)) {
            return Optional.of(new PlanNode.TransformNode(id, inputs, connector, config));
        }
        if (keyed.inputs() > 1 && inputs.size() != keyed.inputs()) {
            planning.error(
                    path,
                    Problem.Code.INVALID,
                    "takes from " + keyed.inputs() + " steps, and there are " + inputs.size(),
                    "name them beside it, for example from: [orders, payments]");
            return Optional.empty();
        }
        return Optional.of(new PlanNode.KeyedNode(
                id, inputs, keyed.step(id, config), Fingerprint.text(connector, Role.TRANSFORM, config)));
    }

    /** A step with a name of its own, whose settings stand by themselves. */
    Optional<PlanNode> named(String id, String connector, Tree settings, List<String> inputs) {
        return plan(id, connector, settings, Optional.of(id), inputs, id);
    }

    /** A filter before a sink. */
    Optional<PlanNode.TransformNode> when(String path, Tree condition, String id, List<String> inputs) {
        return plan(path, "filter", condition, Optional.of(id), inputs, path).map(PlanNode.TransformNode.class::cast);
    }
}
