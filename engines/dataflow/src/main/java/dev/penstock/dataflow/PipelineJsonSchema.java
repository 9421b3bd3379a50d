package dev.penstock.dataflow;

import dev.penstock.dataflow.transform.FormatEncoder;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON Schema of pipeline files that use the connectors of a catalog: what editors complete and check with. */
public final class PipelineJsonSchema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String DEFINITIONS = "#/$defs/";
    private static final List<String> NO_DECODER = List.of("document");

    private final ConnectorCatalog catalog;
    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private PipelineJsonSchema(ConnectorCatalog catalog) {
        this.catalog = catalog;
    }

    /** The schema, as JSON text. */
    public static String of(ConnectorCatalog catalog) {
        return JsonText.pretty(new PipelineJsonSchema(catalog).root());
    }

    private Map<String, Object> root() {
        Map<String, Object> sections = new LinkedHashMap<>();
        for (ConfigKey<?> key : Sections.ROOT.keys()) {
            sections.put(key.name(), SpecSchema.of(key));
        }
        narrow(
                sections,
                Sections.CHECKPOINT,
                SpecSchema.ordered("anyOf", List.of(checkpoint(), SpecSchema.ordered("const", "none"))));
        narrow(sections, Sections.RUNTIME, SpecSchema.of(Sections.RUNTIME_KEYS));
        narrow(sections, Sections.SOURCE, reference(steps("source", Role.SOURCE, Sections.SOURCE_KEYS)));
        narrow(sections, Sections.SOURCES, listOf("source"));
        narrow(
                sections,
                Sections.TRANSFORMS,
                SpecSchema.ordered("type", List.of("array", "null"), "items", transform()));
        narrow(sections, Sections.SINK, reference(steps("sink", Role.SINK, Sections.SINK_KEYS)));
        narrow(sections, Sections.SINKS, listOf("sink"));
        narrow(sections, Sections.ERRORS, errors());
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", DIALECT);
        root.put("title", "Penstock pipeline");
        root.putAll(SpecSchema.object(sections, Sections.ROOT));
        root.put("$defs", definitions);
        return root;
    }

    /** Adds to what is said of a section, which is its description, what it looks like. */
    private static void narrow(Map<String, Object> sections, ConfigKey<?> key, Map<String, Object> schema) {
        Map<String, Object> narrowed = new LinkedHashMap<>();
        narrowed.put("description", key.doc());
        narrowed.putAll(schema);
        sections.put(key.name(), narrowed);
    }

    private static Map<String, Object> checkpoint() {
        return SpecSchema.of(Sections.CHECKPOINT_KEYS);
    }

    private static Map<String, Object> reference(String definition) {
        return SpecSchema.ordered("$ref", DEFINITIONS + definition);
    }

    private static Map<String, Object> listOf(String definition) {
        return SpecSchema.ordered("type", "array", "minItems", 1, "items", reference(definition));
    }

    private Map<String, Object> errors() {
        Map<String, Object> keys = new LinkedHashMap<>();
        Sections.ERROR_KEYS.keys().forEach(key -> keys.put(key.name(), SpecSchema.of(key)));
        narrow(keys, Sections.ERROR_SINK, reference(steps("error-sink", Role.SINK, Sections.ERROR_SINK_KEYS)));
        return SpecSchema.object(keys, Sections.ERROR_KEYS);
    }

    /** Defines what a step of {@code role} looks like: which settings it has depends on its connector. */
    private String steps(String definition, Role role, ConfigSpec common) {
        List<Object> cases = new ArrayList<>();
        List<Object> names = new ArrayList<>();
        for (Connector connector : catalog.all()) {
            ConnectorDescriptor descriptor = connector.descriptor();
            descriptor.spec(role).ifPresent(spec -> {
                String name = definition + "-" + descriptor.name();
                Map<String, Object> step = step(role, common, spec);
                step.put("description", descriptor.summary());
                definitions.put(name, step);
                names.add(descriptor.name());
                cases.add(SpecSchema.ordered("if", named(descriptor.name()), "then", reference(name)));
            });
        }
        if (names.contains("null")) {
            names.add(null);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("required", List.of(Sections.CONNECTOR.name()));
        schema.put("properties", SpecSchema.ordered(Sections.CONNECTOR.name(), choice(names)));
        schema.put("allOf", cases);
        definitions.put(definition, schema);
        return definition;
    }

    private static Map<String, Object> choice(List<Object> names) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", Sections.CONNECTOR.doc());
        schema.put("enum", names);
        return schema;
    }

    /** Whether the connector is the one named so; in YAML, {@code null} may be written for the sink of that name. */
    private static Map<String, Object> named(String name) {
        List<Object> written = new ArrayList<>(List.of(name));
        if (name.equals("null")) {
            written.add(null);
        }
        return SpecSchema.ordered(
                "required",
                List.of(Sections.CONNECTOR.name()),
                "properties",
                SpecSchema.ordered(Sections.CONNECTOR.name(), SpecSchema.ordered("enum", written)));
    }

    private Map<String, Object> step(Role role, ConfigSpec common, ConfigSpec own) {
        Map<String, Object> properties = new LinkedHashMap<>();
        common.keys().forEach(key -> properties.put(key.name(), SpecSchema.of(key)));
        if (properties.containsKey(Sections.FORMAT.name())) {
            List<String> more = role == Role.SOURCE ? NO_DECODER : List.of();
            format(role, more).ifPresent(format -> narrow(properties, Sections.FORMAT, format));
        }
        properties.put(Sections.CONNECTOR.name(), true);
        own.keys().forEach(key -> SpecSchema.put(properties, key));
        return SpecSchema.object(properties, common, own);
    }

    private Optional<Map<String, Object>> format(Role role, List<String> more) {
        boolean decodes = role == Role.SOURCE;
        Optional<ConfigSpec> spec = catalog.find(decodes ? Format.DECODE : Format.ENCODE)
                .flatMap(connector -> connector.descriptor().spec(Role.TRANSFORM));
        return spec.flatMap(settings -> settings.find(Format.FORMAT).map(key -> {
            List<String> names = new ArrayList<>(key.type().allowed());
            names.addAll(more);
            return format(settings, names, decodes);
        }));
    }

    /** Any of those that come with Penstock, whose options are all in one, or one that a connector offers. */
    private Map<String, Object> format(ConfigSpec settings, List<String> names, boolean decodes) {
        List<Object> written = new ArrayList<>(names);
        List<Object> cases = new ArrayList<>();
        cases.add(options(names, settings));
        for (Connector connector : catalog.all()) {
            ConnectorDescriptor descriptor = connector.descriptor();
            Optional<ConfigSpec> own = decodes
                    ? descriptor.spec(Role.DECODER)
                    : FormatEncoder.of(connector)
                            .flatMap(step -> step.descriptor().spec(Role.TRANSFORM));
            own.ifPresent(spec -> {
                written.add(descriptor.name());
                cases.add(options(List.of(descriptor.name()), spec));
            });
        }
        cases.add(0, SpecSchema.ordered("enum", written));
        cases.add(SpecSchema.VARIABLE);
        return SpecSchema.ordered("anyOf", cases);
    }

    private static Map<String, Object> options(List<String> names, ConfigSpec settings) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", SpecSchema.ordered("enum", names));
        settings.keys().stream()
                .filter(key -> !key.name().equals(Format.FORMAT) && !Format.OF_STEPS.contains(key.name()))
                .forEach(key -> SpecSchema.put(properties, key));
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("type", "object");
        mapping.put("required", List.of("type"));
        mapping.put("properties", properties);
        mapping.put("additionalProperties", false);
        return mapping;
    }

    private Map<String, Object> transform() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(Sections.NAME.name(), SpecSchema.of(Sections.NAME));
        properties.put(Sections.FROM.name(), SpecSchema.of(Sections.FROM));
        for (Connector connector : catalog.all()) {
            ConnectorDescriptor descriptor = connector.descriptor();
            descriptor
                    .spec(Role.TRANSFORM)
                    .ifPresent(spec -> properties.put(descriptor.name(), settings(descriptor, spec)));
        }
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("type", "object");
        mapping.put("minProperties", 1);
        mapping.put("maxProperties", 3);
        mapping.put("properties", properties);
        mapping.put("additionalProperties", false);
        return SpecSchema.ordered("anyOf", List.of(mapping, SpecSchema.ordered("enum", catalog.names(Role.TRANSFORM))));
    }

    /** What a step that decodes or encodes columns takes as its format; nothing if {@code name} is another. */
    private Optional<Map<String, Object>> formatOfStep(String name) {
        return switch (name) {
            case Format.DECODE -> format(Role.SOURCE, List.of());
            case Format.ENCODE -> format(Role.SINK, List.of());
            default -> Optional.empty();
        };
    }

    private static Map<String, Object> withFormat(ConfigSpec spec, Map<String, Object> format) {
        Map<String, Object> properties = new LinkedHashMap<>();
        spec.keys().forEach(key -> SpecSchema.put(properties, key));
        narrow(properties, Sections.FORMAT, format);
        return properties;
    }

    private Map<String, Object> settings(ConnectorDescriptor descriptor, ConfigSpec spec) {
        Map<String, Object> settings = new LinkedHashMap<>(SpecSchema.of(spec));
        if (!spec.isSingle()) {
            formatOfStep(descriptor.name()).ifPresent(format -> settings.put("properties", withFormat(spec, format)));
        }
        settings.put("description", descriptor.summary());
        boolean bare = !spec.isSingle() && spec.keys().stream().noneMatch(ConfigKey::required);
        if (bare) {
            settings.put("type", List.of("object", "null"));
        }
        return settings;
    }
}
