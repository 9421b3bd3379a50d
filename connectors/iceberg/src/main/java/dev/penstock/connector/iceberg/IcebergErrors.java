package dev.penstock.connector.iceberg;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import java.nio.file.AccessDeniedException;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.jspecify.annotations.Nullable;

/** Makes what Iceberg, databases and file systems throw into what engines understand. */
final class IcebergErrors {
    private IcebergErrors() {}

    /** {@code Cannot <action>: why}, retryable unless time will not help. */
    static ConnectorException wrap(String action, Throwable error) {
        if (error instanceof ConnectorException known) {
            return known;
        }
        String message = "Cannot " + action + ": " + text(error);
        return problemCode(error)
                .<ConnectorException>map(code -> code == Problem.Code.CREDENTIALS
                        ? new ConfigException("", code, message, "check the user and password, token or credential")
                        : new FatalException(message + "; give this process the right to read and write there", error))
                .orElseGet(() -> new RetryableException(message, error));
    }

    /** What {@code action} gives; what it throws says that this was to {@code verb} the table. */
    static <T> T doing(String verb, String table, Supplier<T> action) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            throw wrap(verb + " table '" + table + "'", e);
        }
    }

    /** What a check tells of {@code error}, which came from the catalog, its store or the table. */
    static List<Problem> problems(RuntimeException error) {
        if (error instanceof ConfigException config) {
            return config.problems();
        }
        boolean ofTable = error instanceof ConnectorException && !(error instanceof RetryableException);
        Problem.Code code = problemCode(error).orElse(ofTable ? Problem.Code.INCOMPATIBLE : Problem.Code.CONNECTION);
        String reason = error instanceof ConnectorException ? said(error) : text(error);
        return List.of(Problem.error(TableSettings.URI.name(), code, reason, ""));
    }

    /** What only a person can put right; empty if it may pass. */
    static Optional<Problem.Code> problemCode(Throwable error) {
        return causes(error).flatMap(cause -> code(cause).stream()).findFirst();
    }

    private static Optional<Problem.Code> code(Throwable error) {
        if (error instanceof NotAuthorizedException || isLogin(error)) {
            return Optional.of(Problem.Code.CREDENTIALS);
        }
        boolean denied = error instanceof ForbiddenException
                || error instanceof AccessDeniedException
                || error instanceof ReadOnlyFileSystemException
                || (error instanceof SQLException sql && "42501".equals(sql.getSQLState()));
        return denied ? Optional.of(Problem.Code.PRIVILEGE) : Optional.empty();
    }

    private static boolean isLogin(Throwable error) {
        return error instanceof SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().startsWith("28");
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.<Throwable>iterate(error, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    /** What the innermost cause says, which names the host or the file, behind what the outermost says. */
    static String text(Throwable error) {
        Throwable innermost = error;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        return innermost == error ? said(error) : said(error) + " (" + said(innermost) + ")";
    }

    private static String said(Throwable error) {
        @Nullable String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message.strip();
    }
}
