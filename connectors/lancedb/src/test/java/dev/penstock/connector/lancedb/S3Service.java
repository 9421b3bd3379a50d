package dev.penstock.connector.lancedb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** An S3 service in a process of its own, which keeps buckets as directories. */
final class S3Service implements AutoCloseable {
    static final Path JAR = Path.of("target", "services", "s3proxy.jar");
    static final String BUCKET = "lake";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private S3Service(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static S3Service start(Path directory) throws IOException, InterruptedException {
        int port = freePort();
        Files.createDirectories(directory.resolve("buckets").resolve(BUCKET));
        Path properties = directory.resolve("s3proxy.properties");
        Files.writeString(properties, """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v4
                s3proxy.identity=tester
                s3proxy.credential=not so secret
                jclouds.provider=filesystem-nio2
                jclouds.identity=x
                jclouds.credential=y
                jclouds.filesystem.basedir=%s
                """.formatted(port, directory.resolve("buckets")));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-jar",
                        JAR.toAbsolutePath().toString(),
                        "--properties",
                        properties.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("s3proxy.log").toFile())
                .start();
        S3Service service = new S3Service(process, port);
        service.await(directory.resolve("s3proxy.log"));
        return service;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the S3 service did not start:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The settings of a table in the bucket. */
    Map<String, Object> settings() {
        return new TreeMap<>(Map.of(
                "uri",
                "s3://" + BUCKET + "/warehouse",
                "table",
                Incarnation.TABLE,
                "endpoint",
                "http://127.0.0.1:" + port,
                "path-style",
                true,
                "allow-http",
                true,
                "access-key",
                "tester",
                "secret-key",
                "not so secret"));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
