package dev.penstock.connector.iceberg.store;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How S3 is reached. The properties have the names that Iceberg gives them, since catalogs that are services hand out
 * some of them with a table.
 */
record S3Options(Optional<URI> endpoint, Optional<String> region, boolean pathStyle, boolean anonymous, Keys keys) {
    /** The key that requests are signed with; if there is none, what environment, profile or machine has. */
    record Keys(Optional<String> id, Optional<String> secret, Optional<String> session) {
        @Override
        public String toString() {
            return "Keys[" + id + "]";
        }
    }

    static S3Options of(Map<String, String> properties) {
        return new S3Options(
                find(properties, TableFiles.ENDPOINT).map(URI::create),
                find(properties, TableFiles.REGION),
                Boolean.parseBoolean(properties.getOrDefault(TableFiles.PATH_STYLE, "false")),
                Boolean.parseBoolean(properties.getOrDefault(TableFiles.ANONYMOUS, "false")),
                new Keys(
                        find(properties, TableFiles.ACCESS_KEY),
                        find(properties, TableFiles.SECRET_KEY),
                        find(properties, TableFiles.SESSION_TOKEN)));
    }

    private static Optional<String> find(Map<String, String> properties, String name) {
        return Optional.ofNullable(properties.get(name));
    }
}
