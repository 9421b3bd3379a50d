package dev.penstock.connector.postgres;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Opens connections whose values look the same wherever this runs: text is UTF-8, times are in UTC, numbers and
 * intervals have one form, whatever the zone and locale of this machine, the role, the database or the server.
 *
 * <p>The password is revealed anew for each. Safe for use by several threads; a connection is not.
 */
final class Connections {
    /** What the forms of values depend on, and what may end a connection that waits. */
    private static final String SESSION = String.join(
            ";",
            "SET TIME ZONE 'UTC'",
            "SET datestyle = 'ISO, YMD'",
            "SET intervalstyle = 'iso_8601'",
            "SET extra_float_digits = 3",
            "SET bytea_output = 'hex'",
            "SET lc_monetary = 'C'",
            "SET xmloption = 'content'",
            "SET standard_conforming_strings = on",
            "SET statement_timeout = 0",
            "SET lock_timeout = 0",
            "SET idle_in_transaction_session_timeout = 0");

    private static final String WRONG_PASSWORD = "28P01";
    private static final int CONNECT_SECONDS = 8;

    static {
        keepDriverFromOthers();
    }

    /** More than the server keeps of it. */
    private static final int NAME_LENGTH = 63;

    private final ConnectionSettings settings;
    private final Path baseDirectory;
    private final String applicationName;

    Connections(ConnectionSettings settings, ConnectorContext context) {
        this(settings, context.baseDirectory(), "penstock " + context.pipeline() + "/" + context.stepId());
    }

    private Connections(ConnectionSettings settings, Path baseDirectory, String applicationName) {
        this.settings = requireNonNull(settings, "settings");
        this.baseDirectory = requireNonNull(baseDirectory, "baseDirectory");
        this.applicationName = applicationName.substring(0, Math.min(NAME_LENGTH, applicationName.length()));
    }

    /** Connections to the same database that call themselves {@code name}, which the server shows to people. */
    Connections named(String name) {
        return new Connections(settings, baseDirectory, name);
    }

    /** What connections call themselves. */
    String applicationName() {
        return applicationName;
    }

    /** Where and as whom, for people; without the password. */
    String shown() {
        return settings.shown();
    }

    /**
     * A connection that commits each statement by itself.
     *
     * @throws ConnectorException by whoever must act: retryable if the server cannot be reached, config if it refuses
     */
    Connection open() {
        return open(new Properties());
    }

    /** A connection that speaks the replication protocol beside SQL, statement by statement; fails as {@link #open}. */
    Connection openReplication() {
        Properties properties = new Properties();
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        return open(properties);
    }

    private Connection open(Properties properties) {
        addIdentity(properties);
        addTls(properties);
        try {
            return Errand.run("connect to " + shown(), () -> connect(properties), () -> {});
        } catch (SQLException e) {
            throw Failures.connecting(this, e);
        }
    }

    /** A connection that is cut while the two prove who they are looks to the server as a wrong password: ask again. */
    private Connection connect(Properties properties) throws SQLException {
        try {
            return connectOnce(properties);
        } catch (SQLException e) {
            if (!Failures.state(e).equals(WRONG_PASSWORD)) {
                throw e;
            }
            return connectOnce(properties);
        }
    }

    private Connection connectOnce(Properties properties) throws SQLException {
        Connection connection = requireNonNull(new Driver().connect(url(), properties), "connection");
        try (Statement statement = connection.createStatement()) {
            statement.execute(SESSION);
            connection.setNetworkTimeout(Runnable::run, 0);
            return connection;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private String url() {
        return "jdbc:postgresql://" + settings.servers() + "/"
                + URLEncoder.encode(settings.database(), StandardCharsets.UTF_8);
    }

    private void addIdentity(Properties properties) {
        PGProperty.USER.set(properties, settings.user());
        settings.password().ifPresent(secret -> PGProperty.PASSWORD.set(properties, reveal("password", secret)));
        PGProperty.APPLICATION_NAME.set(properties, applicationName);
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
        PGProperty.SOCKET_TIMEOUT.set(properties, CONNECT_SECONDS); // until it is open
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        if (settings.servers().indexOf(',') >= 0) {
            PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
        }
    }

    private void addTls(Properties properties) {
        ConnectionSettings.Tls tls = settings.tls();
        PGProperty.SSL_MODE.set(properties, tls.mode().driverName());
        tls.authorities().ifPresent(file -> PGProperty.SSL_ROOT_CERT.set(properties, path(file)));
        tls.certificate().ifPresent(file -> {
            PGProperty.SSL_CERT.set(properties, path(file));
            addKeyAlgorithm(properties, baseDirectory.resolve(file));
        });
        tls.key().ifPresent(file -> PGProperty.SSL_KEY.set(properties, path(file)));
        tls.keyPassword()
                .ifPresent(secret -> PGProperty.SSL_PASSWORD.set(properties, reveal("tls-key-password", secret)));
        if (tls.mode().verifies()
                && tls.authorities().isEmpty()
                && tls.certificate().isEmpty()) {
            PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    /** The driver takes every key in PEM for one of RSA unless it is told what its certificate says. */
    private static void addKeyAlgorithm(Properties properties, Path certificate) {
        try (InputStream in = Files.newInputStream(certificate)) {
            Certificate first = CertificateFactory.getInstance("X.509").generateCertificate(in);
            PGProperty.PEM_KEY_ALGORITHM.set(properties, first.getPublicKey().getAlgorithm());
        } catch (IOException | CertificateException e) {
            // The driver reads it too, and says what is wrong with it.
        }
    }

    private String path(Path file) {
        return baseDirectory.resolve(file).toString();
    }

    private static String reveal(String setting, Secret secret) {
        try {
            return secret.reveal();
        } catch (IllegalStateException e) {
            throw new ConfigException(setting, Problem.Code.INVALID, String.valueOf(e.getMessage()), "");
        }
    }

    /** Ends a connection that somebody may be waiting for; says goodbye to nobody. */
    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It is gone either way.
        }
    }

    /**
     * Where connectors are loaded apart, nobody else has use for a driver of theirs, and the list of drivers, which is
     * the runtime's, would keep their loader for ever.
     */
    private static void keepDriverFromOthers() {
        if (Driver.class.getClassLoader() == ClassLoader.getSystemClassLoader() || !Driver.isRegistered()) {
            return;
        }
        try {
            Driver.deregister();
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Closes what may be there, and broken: nobody can act on how that goes. */
    static void closeQuietly(@Nullable AutoCloseable resource) {
        if (resource == null) {
            return;
        }
        try {
            resource.close();
        } catch (Exception e) {
            // It is gone either way.
        }
    }
}
