package dev.penstock.connector.iceberg.store;

import dev.penstock.connector.s3.access.S3Access;
import dev.penstock.connector.s3.access.S3Login;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * How S3 is reached, as properties. They have the names that Iceberg gives them, since catalogs that are services hand
 * out some of them with a table.
 */
final class S3Properties {
    private S3Properties() {}

    /** Secrets too; without what a catalog may know better. */
    static Map<String, String> of(S3Access access) {
        Map<String, String> all = new TreeMap<>();
        access.endpoint().ifPresent(uri -> all.put(TableFiles.ENDPOINT, uri.toString()));
        access.region().ifPresent(name -> all.put(TableFiles.REGION, name));
        if (access.pathStyle()) {
            all.put(TableFiles.PATH_STYLE, "true");
        }
        if (access.login() instanceof S3Login.Anonymous) {
            all.put(TableFiles.ANONYMOUS, "true");
        }
        if (access.login() instanceof S3Login.Key key) {
            all.put(TableFiles.ACCESS_KEY, key.id());
            all.put(TableFiles.SECRET_KEY, key.secret().get());
            key.session().ifPresent(token -> all.put(TableFiles.SESSION_TOKEN, token.get()));
        }
        return all;
    }

    static S3Access access(Map<String, String> properties) {
        return new S3Access(
                find(properties, TableFiles.ENDPOINT).map(URI::create),
                find(properties, TableFiles.REGION),
                Boolean.parseBoolean(properties.getOrDefault(TableFiles.PATH_STYLE, "false")),
                login(properties),
                TableFiles.RETRIES);
    }

    /** A key goes before all else, since a catalog gives one for this table. */
    private static S3Login login(Map<String, String> properties) {
        Optional<String> id = find(properties, TableFiles.ACCESS_KEY);
        Optional<String> secret = find(properties, TableFiles.SECRET_KEY);
        if (id.isPresent() && secret.isPresent()) {
            return new S3Login.Key(
                    id.get(),
                    secret::get,
                    find(properties, TableFiles.SESSION_TOKEN).map(token -> (Supplier<String>) () -> token));
        }
        return Boolean.parseBoolean(properties.getOrDefault(TableFiles.ANONYMOUS, "false"))
                ? new S3Login.Anonymous()
                : new S3Login.Machine();
    }

    private static Optional<String> find(Map<String, String> properties, String name) {
        return Optional.ofNullable(properties.get(name));
    }
}
