package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.DataException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What the server and the driver say, as failures that name who must act. */
final class Failures {
    /** Classes of SQLSTATE that pass: connections, conflicts of transactions, resources, shutdowns, the machine. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57", "58");
    /** In use, locked, and a server that has become a standby, after which another one takes writes. */
    private static final Set<String> PASSING = Set.of("55006", "55P03", "25006");

    /** The driver reports a name that does not match, and files it cannot use, as connections that fail. */
    private static final Pattern TLS_MESSAGE = Pattern.compile(
            "does not support SSL|hostnameverifier|private key file|SSL (root )?(certificate|key|context)");

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String NO_SUCH_DATABASE = "3D000";

    private Failures() {}

    /** Why a connection cannot be opened. */
    static ConnectorException connecting(Connections connections, SQLException cause) {
        String what = "Cannot connect to '" + connections.shown() + "': " + message(cause);
        String state = state(cause);
        if (state.startsWith("28")) {
            return config("user", Problem.Code.CREDENTIALS, what, "correct 'user' and 'password'", cause);
        }
        if (state.equals(NO_SUCH_DATABASE)) {
            return config("database", Problem.Code.NOT_FOUND, what, "create it, or correct 'database'", cause);
        }
        if (isTls(cause)) {
            return config("tls", Problem.Code.INVALID, what, "correct 'tls' and the files beside it", cause);
        }
        return of(what, cause, "check that the server runs there and can be reached; it is tried again");
    }

    /** What {@code cause} means to whoever asked for {@code what}, for example {@code Cannot read table 'orders'}. */
    static ConnectorException during(String what, SQLException cause) {
        return of(what + ": " + message(cause), cause, "it is tried again");
    }

    private static ConnectorException of(String message, SQLException cause, String ifPassing) {
        String state = state(cause);
        if (isPassing(cause)) {
            return new RetryableException(message + "; " + ifPassing, cause);
        }
        if (state.equals(INSUFFICIENT_PRIVILEGE)) {
            return config("user", Problem.Code.PRIVILEGE, message, "grant it, see the grants in the README", cause);
        }
        if (state.startsWith("42") || state.startsWith("3")) {
            return config("", Problem.Code.INVALID, message, "correct the settings, or the database", cause);
        }
        return isData(cause)
                ? new DataException(message + "; correct the rows, or what the table asks of them", cause)
                : new FatalException(message + "; look at the log of the server", cause);
    }

    /** Whether {@code cause} may pass by itself. */
    static boolean isPassing(SQLException cause) {
        String state = state(cause);
        return state.length() < 2
                || PASSING_CLASSES.contains(state.substring(0, 2))
                || PASSING.contains(state)
                || cause.getCause() instanceof IOException;
    }

    /** Whether {@code cause} is about values: not of the type, or against a constraint. */
    static boolean isData(SQLException cause) {
        return state(cause).startsWith("22") || state(cause).startsWith("23");
    }

    /** The SQLSTATE, or the empty string. */
    static String state(SQLException cause) {
        String state = cause.getSQLState();
        return state == null ? "" : state;
    }

    private static boolean isTls(SQLException cause) {
        for (Throwable at = cause.getCause(); at != null; at = at.getCause()) {
            if (at instanceof SSLException || at instanceof GeneralSecurityException) {
                return true;
            }
        }
        return TLS_MESSAGE.matcher(message(cause)).find();
    }

    /** In one line. */
    static String message(Throwable cause) {
        return String.valueOf(cause.getMessage())
                .strip()
                .replaceAll("\\s*\\n\\s*", ", ")
                .replaceAll("\\.$", "");
    }

    private static ConfigException config(
            String path, Problem.Code code, String reason, String remedy, Throwable cause) {
        ConfigException failure = new ConfigException(path, code, reason, remedy);
        failure.initCause(cause);
        return failure;
    }
}
