package dev.penstock.connector.kafka;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a pipeline says about how to reach a cluster. */
record ConnectionSettings(
        List<String> bootstrapServers,
        boolean tls,
        Optional<Path> tlsAuthorities,
        Optional<Path> tlsCertificate,
        Optional<Path> tlsKey,
        Optional<Secret> tlsKeyPassword,
        Sasl sasl,
        Optional<String> user,
        Optional<Secret> password,
        Optional<TokenSettings> tokens,
        Map<String, String> client) {
    /** How the pipeline says who it is. */
    enum Sasl {
        /** Not at all, or by its certificate. */
        NONE("NONE"),
        /** By user and password in plain text: use it over TLS only. */
        PLAIN("PLAIN"),
        /** By a challenge that does not show the password. */
        SCRAM_SHA_256("SCRAM-SHA-256"),
        /** By a challenge that does not show the password. */
        SCRAM_SHA_512("SCRAM-SHA-512"),
        /** By a token, which is had as {@link TokenSettings} say, or else the properties of the client. */
        OAUTHBEARER("OAUTHBEARER");

        private final String mechanism;

        Sasl(String mechanism) {
            this.mechanism = mechanism;
        }

        /** How Kafka calls it. */
        String mechanism() {
            return mechanism;
        }

        boolean hasPassword() {
            return this == PLAIN || this == SCRAM_SHA_256 || this == SCRAM_SHA_512;
        }
    }

    static final String GROUP = "connection";

    static final ConfigKey<List<String>> BOOTSTRAP_SERVERS = ConfigKey.strings(
                    "bootstrap-servers", "Brokers to begin with, each as host:port; the others are found through them")
            .require()
            .example("localhost:9092")
            .in(GROUP);
    static final ConfigKey<Boolean> TLS = ConfigKey.bool("tls", "Whether connections are encrypted")
            .defaultValue(false)
            .in(GROUP);
    static final ConfigKey<Path> TLS_AUTHORITIES = ConfigKey.path(
                    "tls-authorities", "A PEM file of the authorities to trust; those of the Java runtime if not given")
            .example("ca.pem")
            .in(GROUP);
    static final ConfigKey<Path> TLS_CERTIFICATE = ConfigKey.path(
                    "tls-certificate", "A PEM file of the certificate to show to brokers, with its chain")
            .example("client.pem")
            .in(GROUP);
    static final ConfigKey<Path> TLS_KEY = ConfigKey.path(
                    "tls-key", "A PEM file of the private key of the certificate, in PKCS #8")
            .example("client.key")
            .in(GROUP);
    static final ConfigKey<Secret> TLS_KEY_PASSWORD = ConfigKey.secret(
                    "tls-key-password", "The password of the private key")
            .in(GROUP);
    static final ConfigKey<Sasl> SASL = ConfigKey.choice(
                    "sasl", Sasl.class, "How the pipeline says who it is, besides by its certificate")
            .defaultValue(Sasl.NONE)
            .in(GROUP);
    static final ConfigKey<String> USER =
            ConfigKey.string("user", "The user name for plain and scram").in(GROUP);
    static final ConfigKey<Secret> PASSWORD = ConfigKey.secret("password", "The password for plain and scram")
            .example("secret://env/KAFKA_PASSWORD")
            .in(GROUP);
    static final ConfigKey<Map<String, String>> CLIENT = ConfigKey.stringMap(
                    "client", "Further properties of the Kafka client by their Kafka names, for example linger.ms")
            .defaultValue("{}")
            .advancedOnly()
            .in(GROUP);

    /** The settings of connections, to be put behind those of {@code first}. */
    static ConfigKey<?>[] behind(ConfigKey<?>... first) {
        List<ConfigKey<?>> all = new ArrayList<>();
        all.add(BOOTSTRAP_SERVERS);
        all.addAll(List.of(first));
        all.addAll(List.of(TLS, TLS_AUTHORITIES, TLS_CERTIFICATE, TLS_KEY, TLS_KEY_PASSWORD, SASL, USER, PASSWORD));
        all.addAll(List.of(TokenSettings.keys()));
        all.add(CLIENT);
        return all.toArray(ConfigKey<?>[]::new);
    }

    /** {@code spec} with what holds between the settings of connections. */
    static ConfigSpec.Builder rules(ConfigSpec.Builder spec) {
        ConfigSpec.Builder own = spec.together(TLS_CERTIFICATE, TLS_KEY)
                .whenRequire(SASL, Sasl.PLAIN, USER, PASSWORD)
                .whenRequire(SASL, Sasl.SCRAM_SHA_256, USER, PASSWORD)
                .whenRequire(SASL, Sasl.SCRAM_SHA_512, USER, PASSWORD)
                .whenForbid(SASL, Sasl.OAUTHBEARER, USER, PASSWORD);
        return TokenSettings.rules(own, SASL);
    }

    static ConnectionSettings of(Config config) {
        return new ConnectionSettings(
                servers(config.get(BOOTSTRAP_SERVERS)),
                config.get(TLS),
                config.find(TLS_AUTHORITIES),
                config.find(TLS_CERTIFICATE),
                config.find(TLS_KEY),
                config.find(TLS_KEY_PASSWORD),
                config.get(SASL),
                config.find(USER),
                config.find(PASSWORD),
                TokenSettings.of(config),
                config.find(CLIENT).orElse(Map.of()));
    }

    /** Elsewhere they are written in one line, with commas. */
    private static List<String> servers(List<String> given) {
        return given.stream()
                .flatMap(each -> Arrays.stream(each.split(",", -1)))
                .map(String::strip)
                .toList();
    }
}
