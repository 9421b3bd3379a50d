package dev.penstock.local;

import dev.penstock.local.ChildProcess.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An Iceberg catalog with the REST API, the one that Iceberg itself is tested with.
 *
 * <p>What it knows is in a database in its directory, and so is the warehouse, unless that is said to be elsewhere. It
 * needs about 120 MB of memory, and 170 MB with S3.
 */
public final class LocalIcebergCatalog extends LocalServer {
    private final Map<String, String> extra;

    private LocalIcebergCatalog(Map<String, String> extra) {
        super("Iceberg catalog");
        this.extra = extra;
    }

    /** A catalog whose warehouse is a local directory. */
    public static LocalIcebergCatalog start() {
        return start(Map.of());
    }

    /** A catalog whose warehouse is in a bucket, which must exist, of a service that wants no key. */
    public static LocalIcebergCatalog start(LocalS3 s3, String bucket) {
        return start(Map.of(
                "warehouse", "s3://" + bucket + "/warehouse",
                "io-impl", "org.apache.iceberg.aws.s3.S3FileIO",
                "s3.endpoint", s3.endpoint(),
                "s3.path-style-access", "true",
                "s3.access-key-id", "local",
                "s3.secret-access-key", "local",
                "client.region", LocalS3.REGION,
                "http-client.type", "urlconnection",
                // The usual one needs clients of services that are not there.
                "s3.client-factory-impl", "org.apache.iceberg.aws.s3.DefaultS3FileIOAwsClientFactory"));
    }

    /** A catalog with {@code properties} over the usual ones, by the names that Iceberg gives them. */
    public static LocalIcebergCatalog start(Map<String, String> properties) {
        return started(new LocalIcebergCatalog(new TreeMap<>(properties)));
    }

    @Override
    ChildProcess launch() throws IOException {
        return ChildProcess.start(
                ClassPath.of("iceberg"),
                new Command(
                        List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"),
                        "org.apache.iceberg.rest.RESTCatalogServer",
                        List.of()),
                environment(),
                logFile());
    }

    @Override
    String ready() {
        return "{STARTING}[";
    }

    /** The server takes its properties from variables, with two underscores for a dash and one for a dot. */
    private Map<String, String> environment() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("rest.port", String.valueOf(port()));
        properties.put("uri", "jdbc:sqlite:" + directory().resolve("catalog.db") + "?busy_timeout=30000");
        properties.put("warehouse", warehouse().toUri().toString());
        properties.putAll(extra);
        Map<String, String> environment = new HashMap<>();
        properties.forEach((name, value) -> environment.put(
                "CATALOG_" + name.replace("-", "__").replace('.', '_').toUpperCase(Locale.ROOT), value));
        return environment;
    }

    /** The root of its API. */
    public String uri() {
        return "http://127.0.0.1:" + port();
    }

    /** The local directory of the warehouse; of no use if that was said to be elsewhere. */
    public Path warehouse() {
        return directory().resolve("warehouse");
    }
}
