package dev.penstock.format.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.config.ConfigSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries behind TLS, with certificates in PEM files. */
class RegistryTlsTest {
    @TempDir
    static Path directory;

    private static TlsRegistry server;

    @BeforeAll
    static void start() throws Exception {
        server = new TlsRegistry(directory);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static SchemaRegistry registry(Map<String, Object> tls) {
        Map<String, Object> written = new HashMap<>(tls);
        written.put("registry", server.url());
        written.put("registry-retry", "0s");
        return new SchemaRegistry(RegistrySettings.of(RegistrySettings.behind(ConfigSpec.builder())
                        .build()
                        .parse(written)
                        .orThrow())
                .orElseThrow());
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void bothSidesKnowEachOtherByTheirCertificates() {
        SchemaRegistry registry = registry(Map.of(
                "registry-tls-authorities", file("server.pem"),
                "registry-tls-certificate", file("client.pem"),
                "registry-tls-key", file("client.key")));

        assertThat(registry.byId(1).orElseThrow().text()).isEqualTo("\"string\"");
    }

    @Test
    void aServerThatNobodyVouchesForIsNotSpokenTo() {
        SchemaRegistry registry = registry(Map.of(
                "registry-tls-authorities", file("client.pem"),
                "registry-tls-certificate", file("client.pem"),
                "registry-tls-key", file("client.key")));

        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(ConnectorException.class);
    }

    @Test
    void aServerThatWantsToSeeACertificateLetsNobodyInWithoutOne() {
        SchemaRegistry registry = registry(Map.of("registry-tls-authorities", file("server.pem")));

        assertThatThrownBy(() -> registry.byId(1)).isInstanceOf(ConnectorException.class);
    }

    @Test
    void aKeyThatIsNoneIsSaidToBeUnreadable() {
        SchemaRegistry registry = registry(Map.of(
                "registry-tls-certificate", file("client.pem"),
                "registry-tls-key", file("server.pem")));

        assertThatThrownBy(() -> registry.byId(1)).hasMessageContaining("server.pem");
    }
}
