package dev.penstock.conformance.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.conformance.reference.MemoryConnector;
import dev.penstock.spi.Connector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagingTest {
    @TempDir
    Path directory;

    @Test
    void aConnectorRunsFromTheClassesThatItRefersTo() throws IOException {
        Packaging packaging = Packaging.packed(MemoryConnector.class, directory);
        try (ConnectorLoader loader = ConnectorLoader.of(packaging)) {
            List<Connector> connectors = loader.connectors();
            assertThat(connectors).hasSize(1);
            assertThat(connectors.get(0).getClass()).isNotEqualTo(MemoryConnector.class);
            assertThat(connectors.get(0).descriptor().specs()).hasSize(2);
        }
    }

    @Test
    void aLoaderSeesOfPenstockTheSpiAlone() throws IOException {
        Packaging packaging = Packaging.packed(MemoryConnector.class, directory);
        try (ConnectorLoader loader = ConnectorLoader.of(packaging)) {
            assertThat(loader)
                    .satisfies(one ->
                            assertThat(one.loadClass(Connector.class.getName())).isSameAs(Connector.class));
            assertThat(catchThrowable(() -> loader.loadClass("dev.penstock.engine.embedded.EngineException")))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void aClassFileTellsWhatItUses() throws IOException {
        ClassFile type = ClassFile.read(bytes(PackagingTest.class));
        assertThat(type.name()).isEqualTo(PackagingTest.class.getName());
        assertThat(type.major()).isEqualTo(61);
        assertThat(type.references())
                .contains(Connector.class.getName(), MemoryConnector.class.getName(), Path.class.getName())
                .doesNotContain(type.name());
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(file))) {
            return in.readAllBytes();
        }
    }
}
