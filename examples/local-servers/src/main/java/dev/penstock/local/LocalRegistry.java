package dev.penstock.local;

import dev.penstock.local.ChildProcess.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A schema registry, Apicurio's, which serves the API of Confluent's.
 *
 * <p>Schemas are in its memory, and gone when it is, so also after a restart. It needs about 240 MB.
 */
public final class LocalRegistry extends LocalServer {
    private final Map<String, String> properties;

    private LocalRegistry(Map<String, String> properties) {
        super("registry");
        this.properties = properties;
    }

    /** A registry that lets everybody do everything. */
    public static LocalRegistry start() {
        return start(Map.of());
    }

    /** A registry with {@code properties} of its own over the usual ones. */
    public static LocalRegistry start(Map<String, String> properties) {
        return started(new LocalRegistry(new TreeMap<>(properties)));
    }

    @Override
    ChildProcess launch() throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port()));
        properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
        return ChildProcess.start(
                ClassPath.of("registry"),
                new Command(options, "io.quarkus.runner.GeneratedMain", List.of()),
                logFile());
    }

    @Override
    String ready() {
        return "Installed features";
    }

    /** The root of its API. */
    public String url() {
        return "http://127.0.0.1:" + port() + "/apis/ccompat/v7";
    }

    /** The root of Apicurio's own API. */
    String ownUrl() {
        return "http://127.0.0.1:" + port() + "/apis/registry/v2";
    }
}
