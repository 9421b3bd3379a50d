package dev.penstock.local;

import dev.penstock.local.ChildProcess.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A service with the API of S3, S3Proxy, with its buckets in its directory.
 *
 * <p>Clients must put the name of the bucket into the path. It needs about 160 MB of memory.
 */
public final class LocalS3 extends LocalServer {
    /** The only region there is. */
    public static final String REGION = "us-east-1";

    private final Map<String, String> extra;

    private LocalS3(Map<String, String> extra) {
        super("S3 service");
        this.extra = extra;
    }

    /** A service that lets everybody do everything and looks at no signature. */
    public static LocalS3 start() {
        return start(Map.of("s3proxy.authorization", "none"));
    }

    /** A service that wants requests to be signed with this key. */
    public static LocalS3 start(String accessKey, String secretKey) {
        return start(Map.of(
                "s3proxy.authorization", "aws-v2-or-v4",
                "s3proxy.identity", accessKey,
                "s3proxy.credential", secretKey));
    }

    /** A service with {@code properties} of its own over the usual ones, by the names that S3Proxy gives them. */
    public static LocalS3 start(Map<String, String> properties) {
        return started(new LocalS3(new TreeMap<>(properties)));
    }

    @Override
    ChildProcess launch() throws IOException {
        Files.createDirectories(buckets());
        Path file = directory().resolve("s3.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties().store(writer, null);
        }
        return ChildProcess.start(
                ClassPath.of("s3"),
                new Command(
                        List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"),
                        "org.gaul.s3proxy.Main",
                        List.of("--properties", file.toString())),
                logFile());
    }

    @Override
    String ready() {
        return "{STARTING}[";
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("s3proxy.endpoint", endpoint());
        properties.put("jclouds.provider", "filesystem-nio2");
        properties.put("jclouds.identity", "local");
        properties.put("jclouds.credential", "local");
        properties.put("jclouds.filesystem.basedir", buckets().toString());
        properties.putAll(extra);
        return properties;
    }

    private Path buckets() {
        return directory().resolve("buckets");
    }

    /** Where clients connect to, as a URL. */
    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    /** Makes a bucket, if it is not there, without asking the service. */
    public void createBucket(String name) {
        try {
            Files.createDirectories(buckets().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create bucket '" + name + "': " + e.getMessage(), e);
        }
    }

    /** As {@link #restart()}, with {@code properties} over those it had. */
    public synchronized void restart(Map<String, String> properties) {
        extra.putAll(properties);
        restart();
    }
}
