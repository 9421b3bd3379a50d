package dev.penstock.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.ConfigKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectorsTest {
    @ParameterizedTest
    @ValueSource(strings = {"chunk", "embed"})
    void isFoundAndExplainsItsSettings(String name) {
        Connector connector = load().filter(found -> found.descriptor().name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(connector.descriptor().specs()).containsOnlyKeys(Role.TRANSFORM);
        assertThat(connector.descriptor().spec(Role.TRANSFORM).orElseThrow().keys())
                .extracting(ConfigKey::doc)
                .allMatch(doc -> doc.length() >= 20);
    }

    private static Stream<Connector> load() {
        return ServiceLoader.load(Connector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.getClass().getPackage().equals(ConnectorsTest.class.getPackage()));
    }

    /** Planning a pipeline must not cost what running it costs. */
    @Test
    void loadsNothingNativeBeforeOpen() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Planning.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said).contains("vector(384)", "chunk_id").doesNotContain("libonnxruntime", "libtokenizers");
    }

    /** Does all that comes before open, and tells which libraries are loaded. */
    static final class Planning {
        private Planning() {}

        public static void main(String[] arguments) throws IOException {
            try (Transform embed = TestModels.transform(new EmbedConnector(), "field", "text");
                    Transform chunk = TestModels.transform(new ChunkConnector())) {
                System.out.println(load().map(Connector::descriptor).toList());
                System.out.println(embed.output(TestModels.TEXTS));
                System.out.println(chunk.output(TestModels.TEXTS.withKey(List.of("id"))));
            }
            System.out.println(Files.readString(Path.of("/proc/self/maps")));
        }
    }
}
