package dev.penstock.connector.lancedb;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a table is.
 *
 * @param database the directory or S3 prefix of the database, absolute, without a slash at the end
 * @param table the name of the table
 * @param storage what Lance needs to reach the database
 */
record TableLocation(String database, String table, Map<String, String> storage) {
    private static final String S3 = "s3://";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final Pattern S3_PLACE = Pattern.compile("s3://[A-Za-z0-9_./-]+");

    TableLocation {
        storage = Map.copyOf(storage);
    }

    /**
     * The location that settings name; a relative directory starts at {@code base}.
     *
     * @throws ConfigException if it is neither a directory nor on S3
     */
    static TableLocation of(TableSettings settings, Path base) {
        if (!NAME.matcher(settings.table()).matches()) {
            throw new ConfigException(
                    TableSettings.TABLE.name(),
                    Problem.Code.INVALID,
                    "is '" + settings.table() + "'",
                    "use letters, digits, underscores, hyphens and dots");
        }
        return new TableLocation(database(settings.uri(), base), settings.table(), settings.storageOptions());
    }

    private static String database(String uri, Path base) {
        if (uri.startsWith(S3)) {
            // Lance writes other characters percent-encoded into keys, where no other program looks for them.
            if (!S3_PLACE.matcher(uri).matches()) {
                throw new ConfigException(
                        TableSettings.URI.name(),
                        Problem.Code.INVALID,
                        "is '" + uri + "'",
                        "use letters, digits, underscores, hyphens, dots and slashes only");
            }
            return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        }
        if (uri.startsWith("file:")) {
            return Path.of(URI.create(uri)).toAbsolutePath().normalize().toString();
        }
        if (uri.contains("://")) {
            throw new ConfigException(
                    "uri", Problem.Code.INVALID, "is '" + uri + "'", "use a directory or s3://bucket/prefix");
        }
        return base.resolve(uri).toAbsolutePath().normalize().toString();
    }

    boolean isLocal() {
        return !database.startsWith(S3);
    }

    /** The Lance dataset of the table, which is how the LanceDB clients lay it out too. */
    String tableUri() {
        return database + "/" + table + ".lance";
    }

    /** The place beside the table for what is written and not committed yet. */
    String stagingUri() {
        return database + "/_penstock/" + table;
    }

    /** The table for people. */
    @Override
    public String toString() {
        return tableUri();
    }
}
