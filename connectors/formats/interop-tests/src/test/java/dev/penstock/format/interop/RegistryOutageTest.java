package dev.penstock.format.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.engine.embedded.EmbeddedEngine;
import dev.penstock.format.registry.RegisteredSchema;
import dev.penstock.format.registry.RegisteredSchema.Draft;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.format.registry.WireFormat;
import dev.penstock.local.LocalRegistry;
import dev.penstock.spi.ConnectorException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A registry that does not answer stops a pipeline, or makes it wait, and never costs a row. */
@ExtendWith(Servers.Shared.class)
class RegistryOutageTest {
    private static final String SCHEMA = """
            {"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}""";

    private final Servers servers;

    @TempDir
    private Path directory;

    RegistryOutageTest(Servers servers) {
        this.servers = servers;
    }

    @AfterEach
    void letTheRegistryGoOn() {
        servers.registry().resume();
    }

    @Test
    void waitsForARegistryThatStandsStillAndRejectsNothing() throws Exception {
        String topic = servers.topic();
        servers.send(topic, record(register(topic, SCHEMA), 1));
        EmbeddedEngine engine = Pipelines.engine(
                directory, pipeline(topic, "20s", servers.registry().url()));
        CompletableFuture<?> run = CompletableFuture.supplyAsync(engine::run);
        await(() -> engine.progress().rows() >= 1);

        int next = register(topic, SCHEMA.replace("\"Order\"", "\"Order\", \"doc\": \"second\""));
        servers.registry().suspend();
        servers.send(topic, record(next, 2));
        await(() -> engine.progress().rows() >= 2 || waited());
        servers.registry().resume();
        await(() -> lines().size() == 2);
        engine.stop();
        run.get(30, TimeUnit.SECONDS);

        assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(Pipelines.lines(directory.resolve("bad"))).isEmpty();
    }

    private final long started = System.nanoTime();

    private boolean waited() {
        return System.nanoTime() - started > TimeUnit.SECONDS.toNanos(6);
    }

    @Test
    void stopsWithTheAddressOfARegistryThatIsGone() throws Exception {
        String topic = servers.topic();
        int id = register(topic, SCHEMA);
        servers.send(topic, record(id, 1));
        String url;
        try (LocalRegistry gone = LocalRegistry.start()) {
            url = gone.url();
        }

        assertThatThrownBy(() -> Pipelines.run(directory, pipeline(topic, "0s", url)))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("Cannot reach the schema registry at " + url)
                .hasMessageContaining("start it, or correct 'registry'");
        assertThat(Pipelines.lines(directory.resolve("bad"))).isEmpty();
    }

    @Test
    void asksTheNextUrlIfOneIsDead() {
        SchemaRegistry registry = new SchemaRegistry(new dev.penstock.format.registry.RegistrySettings(
                List.of(
                        URI.create("http://127.0.0.1:1"),
                        URI.create(servers.registry().url())),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ZERO));

        assertThat(registry.check()).isEmpty();
    }

    private int register(String topic, String schema) {
        return new SchemaRegistry(Registries.settings(servers.registry().url()))
                .register(topic + "-value", Draft.of(RegisteredSchema.Kind.AVRO, schema));
    }

    private static byte[] record(int schema, int id) {
        byte[] record = new byte[WireFormat.HEADER + 1];
        WireFormat.write(schema, record, 0);
        record[WireFormat.HEADER] = (byte) (id * 2);
        return record;
    }

    private List<String> lines() {
        try {
            return Pipelines.lines(directory.resolve("out"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time to give up waiting").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private String pipeline(String topic, String retry, String url) {
        return """
                pipeline: outage
                checkpoint: { state: ./state, interval: 200ms }
                runtime: { max-restarts: 0 }
                source:
                  connector: kafka
                  %s
                  topics: %s
                  format: { type: avro, registry: '%s', registry-timeout: 1s, registry-retry: %s }
                  columns: { id: int64 }
                sink:
                  connector: files
                  path: ./out
                  format: ndjson
                errors: { policy: dead-letter, sink: { connector: files, path: ./bad, format: ndjson } }
                """.formatted(servers.broker(), topic, url, retry);
    }
}
