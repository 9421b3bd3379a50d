package dev.penstock.dataflow;

import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The settings of a source or sink, some of which are the pipeline's and the others the connector's.
 *
 * @param path where they are written
 * @param connector what they are for
 * @param spec of the connector's own
 * @param common the pipeline's
 * @param own the connector's, not parsed yet
 */
record StepSettings(String path, Connector connector, ConfigSpec spec, Config common, Tree.Mapping own) {
    private static final String CONNECTOR = Sections.CONNECTOR.name();

    /** Splits what was written; empty if it cannot be told what is whose. */
    static Optional<StepSettings> of(Planning planning, String path, Tree tree, ConfigSpec commonSpec, Role role) {
        if (!(tree instanceof Tree.Mapping written)) {
            planning.error(
                    path,
                    Problem.Code.WRONG_TYPE,
                    "expected a mapping of settings",
                    "give at least a connector, for example { connector: files }");
            return Optional.empty();
        }
        Tree.Mapping mapping = withNullConnector(written);
        Optional<Connector> connector = mapping.find(CONNECTOR)
                .filter(Tree.Scalar.class::isInstance)
                .flatMap(name -> planning.connector(path + "." + CONNECTOR, (String) name.texts(), role));
        Optional<ConfigSpec> spec = connector.map(Connector::descriptor).flatMap(found -> found.spec(role));
        Tree.Mapping shared = common(mapping, commonSpec, spec);
        if (mapping.find(CONNECTOR).isEmpty()) {
            refuseWithoutConnector(planning, path, role);
            shared = shared.with(CONNECTOR, new Tree.Entry(0, Tree.of("missing")));
        }
        Optional<Config> common = planning.parse(path, commonSpec, shared);
        if (connector.isEmpty() || spec.isEmpty()) {
            return Optional.empty();
        }
        Tree.Mapping own = own(planning, path, mapping, commonSpec, spec.get());
        if (common.isEmpty()) {
            planning.parse(path, spec.get(), own);
            return Optional.empty();
        }
        return Optional.of(new StepSettings(path, connector.get(), spec.get(), common.get(), own));
    }

    private static void refuseWithoutConnector(Planning planning, String path, Role role) {
        planning.error(
                path + "." + CONNECTOR,
                Problem.Code.MISSING,
                "is missing",
                "use one of: " + String.join(", ", planning.names(role)));
    }

    /** In {@code connector: null} the sink of that name is meant, not the absence of one. */
    private static Tree.Mapping withNullConnector(Tree.Mapping mapping) {
        Tree.Entry entry = mapping.entries().get(CONNECTOR);
        return entry != null
                        && entry.value() instanceof Tree.Nothing nothing
                        && nothing.text().equals("null")
                ? mapping.with(CONNECTOR, new Tree.Entry(entry.line(), Tree.of("null")))
                : mapping;
    }

    /** Whether a connector declares a setting that pipelines have too, and so takes it over. */
    private static boolean takesOver(Optional<ConfigSpec> spec, String name) {
        boolean mayBe = name.equals(Sections.FORMAT.name()) || name.equals(Sections.COLUMNS.name());
        return mayBe && spec.flatMap(own -> own.find(name)).isPresent();
    }

    private static Tree.Mapping common(Tree.Mapping mapping, ConfigSpec commonSpec, Optional<ConfigSpec> spec) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> {
            if (commonSpec.find(name).isPresent() && !takesOver(spec, name)) {
                entries.put(name, entry);
            }
        });
        return new Tree.Mapping(entries, mapping.line());
    }

    private static Tree.Mapping own(
            Planning planning, String path, Tree.Mapping mapping, ConfigSpec commonSpec, ConfigSpec spec) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> {
            boolean shared = commonSpec.find(name).isPresent();
            if (RawSettings.find(spec, name).isPresent()) {
                entries.put(name, entry);
            } else if (!shared) {
                planning.error(
                        path + "." + name,
                        Problem.Code.UNKNOWN,
                        "is not a setting here",
                        NearestName.hint(name, names(spec, commonSpec)));
            }
        });
        return new Tree.Mapping(entries, mapping.line());
    }

    private static List<String> names(ConfigSpec first, ConfigSpec second) {
        return Stream.concat(first.keys().stream(), second.keys().stream())
                .<String>map(ConfigKey::name)
                .distinct()
                .toList();
    }

    /** The id of the step. */
    String id(Planning planning) {
        String id = common.find(Sections.NAME)
                .orElseGet(() -> planning.names().made(connector.descriptor().name()));
        planning.place(id, problem -> problem.at(path));
        return id;
    }

    /** The connector's own settings, if they are right, with {@code framing} filled in from the format. */
    Optional<Config> config(Planning planning, Optional<Format> format, Function<Config, AutoCloseable> factory) {
        Tree.Mapping complete = format.map(given -> given.frame(planning, this)).orElse(own);
        return planning.parse(path, spec, complete)
                .filter(config -> planning.tried(() -> factory.apply(config), problem -> problem.at(path)));
    }
}
