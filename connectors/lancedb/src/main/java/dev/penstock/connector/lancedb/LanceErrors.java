package dev.penstock.connector.lancedb;

import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes what Lance throws into what engines understand. Lance has no exception types of its own, so that texts decide;
 * and it throws {@link java.io.IOException} where none is declared, so that everything must be caught.
 */
final class LanceErrors {
    private static final Pattern RUST_POSITION = Pattern.compile(",? ?/\\S+\\.rs:\\d+(:\\d+)?");
    private static final String[] CONFLICTS = {
        "commit conflict", "incompatible transaction", "too much write contention", "concurrent transaction"
    };
    private static final String[] LASTING = {
        "permission denied",
        "accessdenied",
        "access denied",
        "forbidden",
        "signaturedoesnotmatch",
        "invalidaccesskeyid",
        "read-only file system",
        "403 forbidden"
    };

    private LanceErrors() {}

    /** Another commit came first; reading the table again and deciding anew may help. */
    static boolean isConflict(Throwable error) {
        return contains(error, CONFLICTS);
    }

    /** There is no such dataset, version or file. */
    static boolean isNotFound(Throwable error) {
        return contains(error, "not found");
    }

    static boolean isExisting(Throwable error) {
        return contains(error, "already exists");
    }

    static boolean isMissingTag(Throwable error) {
        return contains(error, "ref not found");
    }

    /** {@code Cannot <action>: why}, retryable unless time will not help. */
    static ConnectorException wrap(String action, Throwable error) {
        if (error instanceof ConnectorException known) {
            return known;
        }
        String message = "Cannot " + action + ": " + text(error);
        return contains(error, LASTING)
                ? new FatalException(message + "; give this process the right to read and write there", error)
                : new RetryableException(message, error);
    }

    /** What Lance says without the positions in its own sources. */
    static String text(Throwable error) {
        String message = error.getMessage() == null ? error.toString() : error.getMessage();
        // Answers of S3 come with it whole.
        int xml = message.indexOf(": <?xml");
        String cut = xml < 0 ? message : message.substring(0, xml);
        return RUST_POSITION.matcher(cut).replaceAll("").strip();
    }

    private static boolean contains(Throwable error, String... parts) {
        String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        for (String part : parts) {
            if (message.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
