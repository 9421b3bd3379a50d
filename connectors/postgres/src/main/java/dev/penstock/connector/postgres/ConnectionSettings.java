package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.config.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a pipeline says about how to reach a database.
 *
 * @param servers one or several as host:port, with commas
 */
record ConnectionSettings(String servers, String database, String user, Optional<Secret> password, Tls tls) {
    /**
     * How connections are encrypted.
     *
     * @param authorities to trust; those of the Java runtime if not given
     */
    record Tls(
            TlsMode mode,
            Optional<Path> authorities,
            Optional<Path> certificate,
            Optional<Path> key,
            Optional<Secret> keyPassword) {}

    /** How much is asked of TLS, as in libpq. */
    enum TlsMode {
        /** Connections are not encrypted. */
        DISABLE("disable"),
        /** They are if the server can. */
        PREFER("prefer"),
        /** They are, to whoever answers. */
        REQUIRE("require"),
        /** They are, to a server whose certificate comes from an authority that is trusted. */
        VERIFY_CA("verify-ca"),
        /** And its certificate is for the host that was asked for. */
        VERIFY_FULL("verify-full");

        private final String driverName;

        TlsMode(String driverName) {
            this.driverName = driverName;
        }

        /** How the driver calls it. */
        String driverName() {
            return driverName;
        }

        /** Whether the certificate of the server counts. */
        boolean verifies() {
            return this == VERIFY_CA || this == VERIFY_FULL;
        }
    }

    private static final String GROUP = "connection";
    /** Without user, password and parameters, which have settings of their own. */
    private static final Pattern URL_FORM = Pattern.compile("(?:jdbc:)?postgres(?:ql)?://([\\w.,:\\[\\]-]+)/([^/?#]+)");

    static final ConfigKey<String> HOST = ConfigKey.string("host", "The name or address of the server")
            .example("localhost")
            .in(GROUP);
    static final ConfigKey<Integer> PORT = ConfigKey.integer("port", "The port of the server")
            .defaultValue(5432)
            .min(1)
            .max(65_535)
            .in(GROUP);
    static final ConfigKey<String> DATABASE = ConfigKey.string("database", "The name of the database")
            .example("shop")
            .in(GROUP);
    static final ConfigKey<String> URL = ConfigKey.string(
                    "url",
                    "Servers and database in one, instead of host, port and database; of several servers the one that"
                            + " takes writes is used")
            .example("postgresql://db1:5432,db2:5432/shop")
            .in(GROUP);
    static final ConfigKey<String> USER = ConfigKey.string("user", "The role to connect as")
            .require()
            .example("penstock")
            .in(GROUP);
    static final ConfigKey<Secret> PASSWORD = ConfigKey.secret(
                    "password", "The password of the role, unless the server knows it by other means")
            .example("secret://env/POSTGRES_PASSWORD")
            .in(GROUP);
    static final ConfigKey<TlsMode> TLS = ConfigKey.choice(
                    "tls", TlsMode.class, "Whether connections are encrypted, and how much of the server is verified")
            .defaultValue(TlsMode.PREFER)
            .in(GROUP);
    static final ConfigKey<Path> TLS_AUTHORITIES = ConfigKey.path(
                    "tls-authorities",
                    "A PEM file of the authorities to trust, for verify-ca and verify-full; those of the Java runtime if"
                            + " not given")
            .example("ca.pem")
            .in(GROUP);
    static final ConfigKey<Path> TLS_CERTIFICATE = ConfigKey.path(
                    "tls-certificate", "A PEM file of the certificate to show to the server, with its chain")
            .example("client.pem")
            .in(GROUP);
    static final ConfigKey<Path> TLS_KEY = ConfigKey.path(
                    "tls-key", "The private key of the certificate, in PKCS #8, as PEM or DER")
            .example("client.key")
            .in(GROUP);
    static final ConfigKey<Secret> TLS_KEY_PASSWORD = ConfigKey.secret(
                    "tls-key-password", "The password of the private key")
            .in(GROUP);

    /** The settings of connections, to be put before those of {@code others}. */
    static ConfigKey<?>[] before(ConfigKey<?>... others) {
        ConfigKey<?>[] own = {
            HOST, PORT, DATABASE, URL, USER, PASSWORD, TLS, TLS_AUTHORITIES, TLS_CERTIFICATE, TLS_KEY, TLS_KEY_PASSWORD
        };
        ConfigKey<?>[] all = new ConfigKey<?>[own.length + others.length];
        System.arraycopy(own, 0, all, 0, own.length);
        System.arraycopy(others, 0, all, own.length, others.length);
        return all;
    }

    /** {@code spec} with what holds between the settings of connections. */
    static ConfigSpec.Builder rules(ConfigSpec.Builder spec) {
        return spec.oneOf(HOST, URL)
                .oneOf(DATABASE, URL)
                .exclusive(PORT, URL)
                .together(TLS_CERTIFICATE, TLS_KEY)
                .whenForbid(TLS, TlsMode.DISABLE, TLS_AUTHORITIES, TLS_CERTIFICATE, TLS_KEY, TLS_KEY_PASSWORD);
    }

    /**
     * What {@code config} says.
     *
     * @throws ConfigException if it contradicts itself
     */
    static ConnectionSettings of(Config config) {
        Matcher url = URL_FORM.matcher(config.find(URL).orElse(""));
        if (config.find(URL).isPresent() && !url.matches()) {
            throw new ConfigException(
                    URL.name(),
                    Problem.Code.INVALID,
                    "is not of the form postgresql://host:port/database",
                    "give user, password and tls as settings of their own");
        }
        return new ConnectionSettings(
                config.find(HOST).map(host -> host + ":" + config.get(PORT)).orElseGet(() -> url.group(1)),
                config.find(DATABASE).orElseGet(() -> url.group(2)),
                config.get(USER),
                config.find(PASSWORD),
                new Tls(
                        config.get(TLS),
                        config.find(TLS_AUTHORITIES),
                        config.find(TLS_CERTIFICATE),
                        config.find(TLS_KEY),
                        config.find(TLS_KEY_PASSWORD)));
    }

    /** Where and as whom, for people; without the password. */
    String shown() {
        return user + "@" + servers + "/" + database;
    }
}
