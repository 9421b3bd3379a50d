package dev.penstock.conformance.release;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.penstock.conformance.json.JsonTree;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.ConfigSpec;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings that one release of a connector declared; kept in its jars from then on, as
 * {@code META-INF/penstock/golden/<connector>/settings-<version>.json}.
 *
 * @param version of the release
 * @param roles the settings of each role
 */
public record DeclaredSettings(String version, Map<Role, List<DeclaredKey>> roles) {
    private static final String KEYS = "roles";

    /** Where a jar keeps those of its connector. */
    public static String directory(String connector) {
        return "META-INF/penstock/golden/" + connector + "/";
    }

    /** The name of the file of a release. */
    public static String file(String version) {
        return "settings-" + version + ".json";
    }

    /** What {@code connector} declares now. */
    public static DeclaredSettings of(ConnectorDescriptor connector) {
        Map<Role, List<DeclaredKey>> roles = new TreeMap<>();
        connector.specs().forEach((role, spec) -> roles.put(role, keys(spec)));
        return new DeclaredSettings(connector.version(), roles);
    }

    private static List<DeclaredKey> keys(ConfigSpec spec) {
        return spec.keys().stream().<DeclaredKey>map(DeclaredKey::of).toList();
    }

    /** Why pipelines written for this release may not do with {@code now}, a line for each setting. */
    public List<String> brokenBy(DeclaredSettings now) {
        List<String> breaks = new ArrayList<>();
        roles.forEach((role, before) -> {
            List<DeclaredKey> after = now.roles.getOrDefault(role, List.of());
            before.forEach(key -> breaks(key, after).ifPresent(why -> breaks.add(role + " setting " + why)));
            after.stream()
                    .filter(DeclaredKey::required)
                    .filter(key -> before.stream().noneMatch(old -> isSame(old, key)))
                    .forEach(key -> breaks.add(role + " setting '" + key.name() + "' is new and required"));
        });
        return breaks;
    }

    private static Optional<String> breaks(DeclaredKey key, List<DeclaredKey> after) {
        Optional<DeclaredKey> same =
                after.stream().filter(now -> isSame(key, now)).findFirst();
        return same.isPresent()
                ? key.brokenBy(same.get()).map(why -> "'" + key.name() + "' " + why)
                : Optional.of("'" + key.name() + "' is gone");
    }

    private static boolean isSame(DeclaredKey old, DeclaredKey now) {
        return now.name().equals(old.name()) || now.aliases().contains(old.name());
    }

    /** As the file of the release. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(text).setPrettyPrinter(new DefaultPrettyPrinter())) {
            json.writeStartObject();
            json.writeStringField("version", version);
            json.writeObjectFieldStart(KEYS);
            for (Map.Entry<Role, List<DeclaredKey>> role : roles.entrySet()) {
                json.writeArrayFieldStart(role.getKey().toString());
                for (DeclaredKey key : role.getValue()) {
                    write(json, key);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void write(JsonGenerator json, DeclaredKey key) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", key.name());
        json.writeStringField("type", key.type());
        json.writeBooleanField("required", key.required());
        write(json, "default", key.defaultText());
        write(json, "min", key.min());
        write(json, "max", key.max());
        write(json, "choices", key.choices());
        write(json, "aliases", key.aliases());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Optional<?> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get().toString());
        }
    }

    private static void write(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /**
     * Reads the file of a release.
     *
     * @throws IOException if it is none
     */
    public static DeclaredSettings read(String json) throws IOException {
        JsonTree tree = JsonTree.read(json);
        Map<Role, List<DeclaredKey>> roles = new TreeMap<>();
        JsonTree byRole = tree.in(KEYS);
        for (String role : byRole.members().keySet()) {
            roles.put(
                    Role.valueOf(role.toUpperCase(Locale.ROOT)),
                    byRole.objects(role).stream().map(DeclaredSettings::key).toList());
        }
        return new DeclaredSettings(tree.text("version"), roles);
    }

    private static DeclaredKey key(JsonTree key) {
        return new DeclaredKey(
                key.text("name"),
                key.text("type"),
                key.flag("required"),
                key.findText("default"),
                key.findText("min").map(Long::valueOf),
                key.findText("max").map(Long::valueOf),
                key.texts("choices"),
                key.texts("aliases"));
    }
}
