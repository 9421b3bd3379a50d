package dev.penstock.dataflow;

import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.transform.DecodeConnector;
import dev.penstock.dataflow.transform.EncodeConnector;
import dev.penstock.dataflow.transform.FormatDecoder;
import dev.penstock.dataflow.transform.FormatEncoder;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.Encoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code format} of a source or sink: a name, or a mapping of {@code type} and options.
 *
 * @param path of the setting
 * @param type the name of the format
 * @param options what goes to the decoder or encoder besides
 * @param isMapping whether the long form was written
 * @param role source or sink
 */
record Format(String path, String type, Tree.Mapping options, boolean isMapping, Role role) {
    private static final String TYPE = "type";
    private static final String HEADER = "header";
    static final String FORMAT = "format";
    /** The connectors that formats are made of. */
    static final String DECODE = "decode";

    static final String ENCODE = "encode";
    /** The setting of the encoder with the columns that stay. */
    static final String KEEP = "keep";

    /** Settings of steps that decode and encode columns, which formats of sources and sinks do not have. */
    static final List<String> OF_STEPS = Stream.of(
                    DecodeConnector.COLUMN,
                    DecodeConnector.PREFIX,
                    DecodeConnector.COLUMNS,
                    EncodeConnector.COLUMNS,
                    EncodeConnector.INTO)
            .map(ConfigKey::name)
            .distinct()
            .toList();

    private static final Map<String, Payload.Framing> FRAMINGS = Map.of(
            "text", Payload.Framing.LINES,
            "ndjson", Payload.Framing.LINES,
            "json", Payload.Framing.WHOLE,
            "csv", Payload.Framing.CSV,
            "document", Payload.Framing.DOCUMENT);

    /** The format among {@code step}'s settings, if one was given and can be read. */
    static Optional<Format> of(Planning planning, String stepPath, Tree.Mapping step, Role role) {
        String path = stepPath + "." + FORMAT;
        Optional<Tree> written = step.find(FORMAT);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        if (written.get() instanceof Tree.Scalar name) {
            return Optional.of(new Format(path, name.text(), new Tree.Mapping(Map.of(), name.line()), false, role));
        }
        if (written.get() instanceof Tree.Mapping mapping
                && mapping.find(TYPE).orElse(mapping) instanceof Tree.Scalar name) {
            Map<String, Tree.Entry> options = new LinkedHashMap<>(mapping.entries());
            options.remove(TYPE);
            refuseSettingsOfSteps(planning, path, options, role);
            return Optional.of(new Format(path, name.text(), new Tree.Mapping(options, mapping.line()), true, role));
        }
        planning.error(
                path,
                Problem.Code.WRONG_TYPE,
                "does not name a format",
                "write a name such as ndjson, or { type: csv, delimiter: ';' }");
        return Optional.empty();
    }

    private static void refuseSettingsOfSteps(
            Planning planning, String path, Map<String, Tree.Entry> options, Role role) {
        for (String setting : OF_STEPS) {
            boolean isColumns = role == Role.SOURCE && setting.equals(Sections.COLUMNS.name());
            if (!isColumns && options.remove(setting) != null) {
                planning.error(
                        path + "." + setting,
                        Problem.Code.NOT_ALLOWED,
                        "is no option of a format",
                        "write it beside the format; into, column and prefix belong to the steps decode and encode");
            }
        }
    }

    /** Whether {@code type} is one of those that come with Penstock. */
    static boolean isBuiltIn(String type) {
        return FRAMINGS.containsKey(type);
    }

    /** Whether rows come as documents, which have nothing to decode. */
    boolean isDocument() {
        return framing().filter(Payload.Framing.DOCUMENT::equals).isPresent();
    }

    private Optional<Payload.Framing> framing() {
        Optional<Payload.Framing> framing = Optional.of(FRAMINGS.getOrDefault(type, framingOfOthers()));
        // The framing csv takes the first record for the names of the columns.
        return role == Role.SOURCE
                        && framing.filter(Payload.Framing.CSV::equals).isPresent()
                        && !hasHeader()
                ? Optional.of(Payload.Framing.LINES)
                : framing;
    }

    /** The formats of connectors are not made of lines, but for what is JSON on one. */
    private Payload.Framing framingOfOthers() {
        return type.equals("debezium") ? Payload.Framing.LINES : Payload.Framing.WHOLE;
    }

    private boolean hasHeader() {
        return options.find(HEADER).map(Tree::texts).filter("false"::equals).isEmpty();
    }

    /** The settings of {@code step} with its framing filled in, if its connector cuts bytes into records itself. */
    Tree.Mapping frame(Planning planning, StepSettings step) {
        Optional<ConfigKey<?>> key = step.spec().find(Payload.FRAMING);
        if (key.isEmpty() && isDocument()) {
            planning.error(
                    path,
                    Problem.Code.UNSUPPORTED,
                    "connector '" + step.connector().descriptor().name() + "' does not read documents",
                    "use another format");
        }
        Optional<String> framing = framing().map(ConfigType::kebab);
        if (key.isEmpty()
                || framing.isEmpty()
                || step.own().find(Payload.FRAMING).isPresent()) {
            return step.own();
        }
        List<String> allowed = key.get().type().allowed();
        if (!allowed.isEmpty() && !allowed.contains(framing.get())) {
            planning.error(
                    path,
                    Problem.Code.UNSUPPORTED,
                    "'" + type + "' does not fit connector '"
                            + step.connector().descriptor().name() + "', which has no records framed as "
                            + framing.get(),
                    "use another format");
            return step.own();
        }
        return step.own().with(Payload.FRAMING, new Tree.Entry(step.own().line(), Tree.of(framing.get())));
    }

    /** This format with the topic of the sink, if it wants to know that and was not told. */
    Format naming(Planning planning, Tree.Mapping sink) {
        Optional<Tree> topic = sink.find(Encoder.TOPIC);
        boolean wanted = planning.format(type)
                .flatMap(connector -> connector.descriptor().spec(Role.ENCODER))
                .flatMap(spec -> spec.find(Encoder.TOPIC))
                .isPresent();
        if (!wanted || topic.isEmpty() || options.find(Encoder.TOPIC).isPresent()) {
            return this;
        }
        Tree.Mapping named = options.with(Encoder.TOPIC, new Tree.Entry(options.line(), topic.get()));
        return new Format(path, type, named, isMapping, role);
    }

    /**
     * The step that decodes or encodes, if its settings are right.
     *
     * @param more settings that are not among the options of the format
     */
    Optional<PlanNode.TransformNode> node(
            Planning planning, String connectorName, String id, List<String> inputs, Map<String, Tree> more) {
        UnaryOperator<Problem> placed = problem -> place(problem, more.keySet());
        planning.place(id, placed);
        Optional<Connector> connector = step(planning, connectorName);
        Optional<ConfigSpec> spec =
                connector.flatMap(found -> found.descriptor().spec(Role.TRANSFORM));
        Tree.Mapping settings = spec.flatMap(found -> found.find(FORMAT)).isPresent()
                ? options.with(FORMAT, new Tree.Entry(options.line(), Tree.of(type)))
                : options;
        for (Map.Entry<String, Tree> setting : more.entrySet()) {
            settings = settings.with(setting.getKey(), new Tree.Entry(options.line(), setting.getValue()));
        }
        Tree.Mapping complete = settings;
        Optional<Config> config = spec.flatMap(found -> planning.parse(found, complete, placed))
                .filter(parsed -> planning.tried(() -> made(connector.orElseThrow(), parsed), placed));
        return config.map(parsed -> new PlanNode.TransformNode(id, inputs, connector.orElseThrow(), parsed));
    }

    /**
     * The step of the format: one of its own if a connector offers it, or else that of those that come with Penstock.
     */
    private Optional<Connector> step(Planning planning, String connectorName) {
        if (isBuiltIn(type)) {
            return planning.connector(path, connectorName, Role.TRANSFORM);
        }
        Optional<Connector> own = planning.format(type)
                .flatMap(connector -> role == Role.SOURCE ? FormatDecoder.of(connector) : FormatEncoder.of(connector));
        if (own.isPresent()) {
            return own;
        }
        List<String> names = planning.names(role == Role.SOURCE ? Role.DECODER : Role.ENCODER);
        if (names.isEmpty()) {
            return planning.connector(path, connectorName, Role.TRANSFORM);
        }
        planning.error(
                isMapping ? path + "." + TYPE : path,
                Problem.Code.NOT_ALLOWED,
                "'" + type + "' is not a format here",
                "use one of: "
                        + Stream.concat(FRAMINGS.keySet().stream(), names.stream())
                                .sorted()
                                .collect(Collectors.joining(", ")));
        return Optional.empty();
    }

    /** A decoder's columns and options can be checked before anything is open: what goes in is known. */
    private Transform made(Connector connector, Config config) {
        Transform transform = connector.transform(config);
        if (role == Role.SOURCE) {
            try {
                transform.output(Schema.of(Payload.FIELD));
            } catch (ConfigException e) {
                transform.close();
                throw new ConfigException(e.problems().stream()
                        .filter(problem -> problem.code() != Problem.Code.MISSING)
                        .toList());
            }
        }
        return transform;
    }

    /** Where a setting of the step stands in the pipeline file, of which those in {@code beside} are no options. */
    private Problem place(Problem problem, Set<String> beside) {
        String setting = problem.path().split("\\.", 2)[0];
        if (OF_STEPS.contains(setting) || (beside.contains(setting) && !setting.equals(KEEP))) {
            return problem.at(path.substring(0, path.length() - FORMAT.length() - 1));
        }
        if (problem.path().equals(FORMAT)) {
            return new Problem(
                    isMapping ? path + "." + TYPE : path,
                    problem.code(),
                    problem.severity(),
                    problem.reason(),
                    problem.remedy());
        }
        return problem.at(path);
    }
}
