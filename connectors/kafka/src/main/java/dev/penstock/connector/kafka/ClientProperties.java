package dev.penstock.connector.kafka;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Makes of the settings what the clients of Kafka are configured with. */
final class ClientProperties {
    private static final Pattern SERVER = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\s:/]+):(\\d{1,5})");

    /** What settings of their own, or the guarantees, decide. */
    private static final Map<String, String> DECIDED = Map.ofEntries(
            Map.entry("bootstrap.servers", "use 'bootstrap-servers'"),
            Map.entry("security.protocol", "use 'tls' and 'sasl'"),
            Map.entry("sasl.mechanism", "use 'sasl'"),
            Map.entry("sasl.oauthbearer.client.credentials.client.id", "use 'token-client-id'"),
            Map.entry("sasl.oauthbearer.client.credentials.client.secret", "use 'token-client-secret'"),
            Map.entry("ssl.truststore.location", "use 'tls-authorities'"),
            Map.entry("ssl.truststore.certificates", "use 'tls-authorities'"),
            Map.entry("ssl.keystore.certificate.chain", "use 'tls-certificate'"),
            Map.entry("ssl.keystore.key", "use 'tls-key'"),
            Map.entry("group.id", "use 'group'"),
            Map.entry("isolation.level", "use 'read'"),
            Map.entry("auto.offset.reset", "use 'start' and 'when-lost'"),
            Map.entry("enable.auto.commit", "offsets are committed when they are durable"),
            Map.entry("allow.auto.create.topics", "topics are created by nobody but 'provision'"),
            Map.entry("group.protocol", "partitions are assigned by the engine"),
            Map.entry("key.deserializer", "records are read as bytes"),
            Map.entry("value.deserializer", "records are read as bytes; use 'format'"),
            Map.entry("key.serializer", "records are written as bytes"),
            Map.entry("value.serializer", "records are written as bytes; use 'format'"),
            Map.entry("transactional.id", "it follows from the pipeline and the step"),
            Map.entry("enable.idempotence", "it is always on"),
            Map.entry("acks", "all replicas that are in sync must have a row"));

    private ClientProperties() {}

    /** All that is wrong with the settings of {@code connection} for clients that know the names {@code known}. */
    static List<Problem> problems(ConnectionSettings connection, Set<String> known) {
        List<Problem> problems = new ArrayList<>();
        connection.bootstrapServers().stream()
                .filter(server -> !SERVER.matcher(server).matches())
                .forEach(server -> problems.add(Problem.error(
                        ConnectionSettings.BOOTSTRAP_SERVERS.name(),
                        Problem.Code.INVALID,
                        "'" + server + "' is not a host and a port",
                        "write host:port, for example localhost:9092")));
        if (connection.bootstrapServers().isEmpty()) {
            problems.add(Problem.error(
                    ConnectionSettings.BOOTSTRAP_SERVERS.name(),
                    Problem.Code.MISSING,
                    "names no broker",
                    "give at least one as host:port"));
        }
        connection.client().keySet().forEach(name -> checkName(name, known, problems));
        connection.tokens().ifPresent(tokens -> TokenProperties.check(tokens, connection.client(), problems));
        return problems;
    }

    private static void checkName(String name, Set<String> known, List<Problem> problems) {
        String path = ConnectionSettings.CLIENT.name() + "." + name;
        String decided = DECIDED.get(name);
        if (decided != null) {
            problems.add(Problem.error(path, Problem.Code.NOT_ALLOWED, "cannot be set here", decided));
        } else if (!known.contains(name)) {
            problems.add(Problem.error(
                    path,
                    Problem.Code.UNKNOWN,
                    "is not a property of this client of Kafka",
                    NearestName.of(name, known)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("see Kafka's documentation for its names")));
        }
    }

    /** The properties that clients of all kinds share, secrets revealed. */
    static Map<String, Object> of(ConnectionSettings connection, Path baseDirectory, Set<String> known) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", String.join(",", connection.bootstrapServers()));
        properties.put("metric.reporters", "");
        properties.put("enable.metrics.push", "false");
        properties.put("security.protocol", protocol(connection));
        putTls(connection, baseDirectory, properties);
        putSasl(connection, baseDirectory, properties);
        Set<String> names = new TreeSet<>(connection.client().keySet());
        names.retainAll(known);
        names.forEach(name -> properties.put(name, connection.client().get(name)));
        return properties;
    }

    private static String protocol(ConnectionSettings connection) {
        boolean sasl = connection.sasl() != ConnectionSettings.Sasl.NONE;
        return connection.tls() ? (sasl ? "SASL_SSL" : "SSL") : (sasl ? "SASL_PLAINTEXT" : "PLAINTEXT");
    }

    private static void putTls(ConnectionSettings connection, Path base, Map<String, Object> properties) {
        connection.tlsAuthorities().ifPresent(file -> {
            properties.put("ssl.truststore.type", "PEM");
            properties.put("ssl.truststore.certificates", pem(base, file, ConnectionSettings.TLS_AUTHORITIES.name()));
        });
        connection.tlsCertificate().ifPresent(file -> {
            properties.put("ssl.keystore.type", "PEM");
            properties.put(
                    "ssl.keystore.certificate.chain", pem(base, file, ConnectionSettings.TLS_CERTIFICATE.name()));
        });
        connection
                .tlsKey()
                .ifPresent(
                        file -> properties.put("ssl.keystore.key", pem(base, file, ConnectionSettings.TLS_KEY.name())));
        connection.tlsKeyPassword().ifPresent(secret -> properties.put("ssl.key.password", secret.reveal()));
    }

    private static String pem(Path base, Path file, String setting) {
        try {
            return Files.readString(base.resolve(file));
        } catch (IOException e) {
            throw new ConfigException(
                    setting,
                    Problem.Code.NOT_FOUND,
                    "Cannot read '" + file + "': " + e.getClass().getSimpleName(),
                    "correct '" + setting + "', or make the file readable to the process");
        }
    }

    private static void putSasl(ConnectionSettings connection, Path base, Map<String, Object> properties) {
        ConnectionSettings.Sasl sasl = connection.sasl();
        if (sasl == ConnectionSettings.Sasl.NONE) {
            return;
        }
        properties.put("sasl.mechanism", sasl.mechanism());
        if (sasl.hasPassword()) {
            String module = sasl == ConnectionSettings.Sasl.PLAIN
                    ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                    : "org.apache.kafka.common.security.scram.ScramLoginModule";
            properties.put(
                    "sasl.jaas.config",
                    module + " required username=" + quoted(connection.user().orElse("")) + " password="
                            + quoted(connection.password().map(Secret::reveal).orElse("")) + ";");
        } else {
            TokenProperties.put(connection, base, properties);
        }
    }

    /** A value of a login configuration, in which quotes and backslashes must not end it. */
    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
