package dev.penstock.format.registry;

import static java.util.Objects.requireNonNull;

import dev.penstock.format.registry.RegisteredSchema.Draft;
import dev.penstock.format.registry.RegisteredSchema.Kind;
import dev.penstock.format.registry.RegistryHttp.Reply;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.config.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry with the API that Confluent documents. Schemas never change under their id, so that each is asked
 * for once. Safe for use from any thread.
 *
 * <p><b>Failures:</b> {@link dev.penstock.spi.RetryableException} if it is down for longer than calls are repeated,
 * {@link dev.penstock.spi.ConfigException} if it refuses the credentials or a schema. Neither is ever a reason to
 * reject a row.
 */
public final class SchemaRegistry {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int MAX_UNKNOWN = 1_000;
    /** How long an id that nobody knew is taken as unknown before the registry is asked again. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);

    private final RegistrySettings settings;
    private @Nullable RegistryHttp connected;
    private final Map<Integer, RegisteredSchema> known = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknown = new ConcurrentHashMap<>();

    /** A registry; connects when it is asked for something. */
    public SchemaRegistry(RegistrySettings settings) {
        this.settings = requireNonNull(settings, "settings");
    }

    /** Made when it is first needed: it brings a thread along. */
    private synchronized RegistryHttp http() {
        RegistryHttp http = connected;
        if (http == null) {
            http = new RegistryHttp(settings);
            connected = http;
        }
        return http;
    }

    /** The schema that records name by {@code id}; empty if the registry has none. */
    public Optional<RegisteredSchema> byId(int id) {
        RegisteredSchema schema = known.get(id);
        if (schema != null) {
            return Optional.of(schema);
        }
        Long asked = unknown.get(id);
        if (asked != null && System.nanoTime() - asked < UNKNOWN_FOR.toNanos()) {
            return Optional.empty();
        }
        Reply reply = http().ask("/schemas/ids/" + id);
        if (reply.status() == NOT_FOUND) {
            requireRegistry(reply);
            if (unknown.size() >= MAX_UNKNOWN) {
                unknown.clear();
            }
            unknown.put(id, System.nanoTime());
            return Optional.empty();
        }
        RegisteredSchema found = schema(id, object(reply));
        known.put(id, found);
        unknown.remove(id);
        return Optional.of(found);
    }

    /**
     * The schema of {@code subject} in {@code version}, a number or {@code latest}.
     *
     * @throws dev.penstock.spi.ConfigException if there is none
     */
    public RegisteredSchema version(String subject, String version) {
        Reply reply = http().ask(subject(subject) + "/versions/" + encoded(version));
        if (reply.status() == NOT_FOUND || reply.status() == UNPROCESSABLE) {
            requireRegistry(reply);
            throw RegistryProblems.noSubject(subject, settings.place());
        }
        Map<?, ?> object = object(reply);
        return schema(number(object, "id"), object);
    }

    /**
     * Registers {@code draft} under {@code subject}, if it is not there yet, and gives its id.
     *
     * @throws dev.penstock.spi.ConfigException if the registry does not take it, with what it says about that
     */
    public int register(String subject, Draft draft) {
        Reply reply = http().send(subject(subject) + "/versions", Json.of(draft));
        if (reply.status() == CONFLICT || reply.status() == UNPROCESSABLE) {
            throw RegistryProblems.incompatible(subject, message(reply));
        }
        return number(object(reply), "id");
    }

    /**
     * The id of {@code draft} under {@code subject}.
     *
     * @throws dev.penstock.spi.ConfigException if it was not registered
     */
    public int lookUp(String subject, Draft draft) {
        Reply reply = http().send(subject(subject), Json.of(draft));
        if (reply.status() == NOT_FOUND) {
            requireRegistry(reply);
            throw RegistryProblems.notRegistered(subject, settings.place());
        }
        return number(object(reply), "id");
    }

    /** Whether there is a registry that lets these settings in; what is wrong if not. */
    public List<Problem> check() {
        try {
            object("{\"types\":" + ask("/schemas/types").body() + "}");
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        } catch (ConnectorException e) {
            return List.of(Problem.error(
                    RegistrySettings.REGISTRY.name(), Problem.Code.CONNECTION, String.valueOf(e.getMessage()), ""));
        }
    }

    private Reply ask(String path) {
        Reply reply = http().ask(path);
        if (reply.status() == NOT_FOUND) {
            throw RegistryProblems.notARegistry(settings.place(), reply.status());
        }
        return reply;
    }

    private RegisteredSchema schema(int id, Map<?, ?> object) {
        Map<String, String> references = new LinkedHashMap<>();
        addReferences(object, references);
        Object kind = object.get("schemaType");
        return new RegisteredSchema(id, kind == null ? Kind.AVRO : kind(kind.toString()), text(object), references);
    }

    private Kind kind(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw RegistryProblems.unexpected(settings.place(), "a schema of type '" + name + "', which is not known here");
    }

    private void addReferences(Map<?, ?> object, Map<String, String> into) {
        if (!(object.get("references") instanceof List<?> references)) {
            return;
        }
        for (Object one : references) {
            if (one instanceof Map<?, ?> reference && !into.containsKey(String.valueOf(reference.get("name")))) {
                String version = String.valueOf(reference.get("version"));
                Map<?, ?> needed = object(http().ask(
                                subject(String.valueOf(reference.get("subject"))) + "/versions/" + encoded(version)));
                addReferences(needed, into);
                into.put(String.valueOf(reference.get("name")), text(needed));
            }
        }
    }

    private String text(Map<?, ?> object) {
        if (object.get("schema") instanceof String text) {
            return text;
        }
        throw RegistryProblems.unexpected(settings.place(), "without a schema");
    }

    private int number(Map<?, ?> object, String name) {
        if (object.get(name) instanceof Long number) {
            return number.intValue();
        }
        throw RegistryProblems.unexpected(settings.place(), "without '" + name + "'");
    }

    private Map<?, ?> object(Reply reply) {
        if (reply.status() != 200) {
            throw RegistryProblems.unexpected(settings.place(), "status " + reply.status() + ": " + message(reply));
        }
        return object(reply.body());
    }

    private Map<?, ?> object(String body) {
        return Json.object(body)
                .orElseThrow(() -> RegistryProblems.unexpected(settings.place(), "something that is no JSON object"));
    }

    /** Any server answers 404 to a wrong path; only a registry says what it did not find. */
    private void requireRegistry(Reply reply) {
        boolean registry = Json.object(reply.body())
                .filter(object -> object.get("error_code") instanceof Long)
                .isPresent();
        if (!registry) {
            throw RegistryProblems.notARegistry(settings.place(), reply.status());
        }
    }

    private static String message(Reply reply) {
        return Json.object(reply.body())
                .map(object -> String.valueOf(object.get("message")))
                .orElse("no reason given");
    }

    private static String subject(String subject) {
        return "/subjects/" + encoded(subject);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
