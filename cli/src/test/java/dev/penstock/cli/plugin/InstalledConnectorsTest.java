package dev.penstock.cli.plugin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.Connector;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectors in directories of their own. */
class InstalledConnectorsTest {
    @TempDir
    Path home;

    private Path directory = Path.of("");

    @BeforeEach
    void install() throws IOException {
        install(Optional.empty());
    }

    /** What the connector's jar declares to be shared, if anything. */
    private void install(Optional<String> shared) throws IOException {
        directory = Files.createDirectories(home.resolve("connectors/primes"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(directory.resolve("primes.jar")))) {
            jar.putNextEntry(new JarEntry("META-INF/services/" + Connector.class.getName()));
            jar.write(PrimesConnector.class.getName().getBytes(StandardCharsets.UTF_8));
            for (Class<?> type : List.of(PrimesConnector.class, PrimesSource.class, PrimesPartition.class)) {
                add(jar, type.getName().replace('.', '/') + ".class");
            }
            if (shared.isPresent()) {
                jar.putNextEntry(new JarEntry(ConnectorClassLoader.SHARED));
                jar.write(shared.get().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void add(JarOutputStream jar, String name) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        try (InputStream in = InstalledConnectorsTest.class.getClassLoader().getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            in.transferTo(jar);
        }
    }

    private Connector primes() {
        return requireNonNull(InstalledConnectors.of(Optional.of(home)).get("primes"))
                .get();
    }

    private Source source() {
        Connector connector = primes();
        return connector.source(connector
                .descriptor()
                .spec(Role.SOURCE)
                .orElseThrow()
                .parse(Map.of())
                .orThrow());
    }

    @Test
    void loadsEachDirectoryApartFromTheApplication() {
        Connector connector = primes();
        assertThat(connector.descriptor().summary()).isEqualTo("Prime numbers, in order");
        assertThat(connector).isNotInstanceOf(PrimesConnector.class);
    }

    @Test
    void showsConnectorsTheSpiAndLoggingAndNothingElse() {
        assertThat(source().describe(new ResumeState(1, new byte[0])))
                .containsEntry("own", "connector-primes")
                .containsEntry("sees-picocli", "false")
                .containsEntry("sees-slf4j", "true");
    }

    @Test
    void setsTheContextClassLoaderDuringCallsOnly() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        assertThat(source().describe(new ResumeState(1, new byte[0]))).containsEntry("context-is-own", "true");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    private Class<?> loaded(Class<?> type) throws ClassNotFoundException {
        return InstalledConnectors.loader(Optional.of(home), "primes")
                .orElseThrow()
                .loadClass(type.getName());
    }

    @Test
    void loadsAnewForEachLoaderWhatIsNotShared() throws ClassNotFoundException {
        assertThat(loaded(PrimesPartition.class)).isNotSameAs(loaded(PrimesPartition.class));
    }

    @Test
    void loadsOnceForAllLoadersWhatTheJarDeclaresAsShared() throws IOException, ClassNotFoundException {
        install(Optional.of(PrimesPartition.class.getName() + "\n"));
        assertThat(loaded(PrimesPartition.class)).isSameAs(loaded(PrimesPartition.class));
        assertThat(loaded(PrimesConnector.class)).isNotSameAs(loaded(PrimesConnector.class));
        assertThat(loaded(PrimesPartition.class).getClassLoader().getName()).isEqualTo("connector-primes-shared");
    }

    @Test
    void readsThroughTheWrappedParts() {
        SourcePartition partition = source().partition(new Partition("all", new byte[0], true), Optional.empty());
        Poll.Rows first = (Poll.Rows) partition.poll(3, Long.MAX_VALUE, Duration.ZERO);
        assertThat(values(first.rows())).containsExactly(2L, 3L, 5L);
        SourcePartition again = source().partition(new Partition("all", new byte[0], true), Optional.of(first.after()));
        assertThat(values(((Poll.Rows) again.poll(2, Long.MAX_VALUE, Duration.ZERO)).rows()))
                .containsExactly(7L, 11L);
    }

    private static List<Object> values(RecordBatch rows) {
        return rows.toRows().stream()
                .<Object>map(row -> row.get("prime", Long.class))
                .toList();
    }

    @Test
    void opensNoJarOfAnIndexedDirectoryUntilItIsAskedFor() throws IOException {
        Files.writeString(directory.resolve("connector.properties"), "connectors=primes,other\n");
        Files.writeString(directory.resolve("primes.jar"), "this is no jar");
        Map<String, Supplier<Connector>> installed = InstalledConnectors.of(Optional.of(home));
        assertThat(installed).containsOnlyKeys("primes", "other");
        assertThatThrownBy(() -> requireNonNull(installed.get("primes")).get())
                .hasMessageContaining("Cannot find connector 'primes'");
    }

    @Test
    void writesTheIndex() throws IOException {
        IndexConnectors.main(new String[] {home.resolve("connectors").toString()});
        assertThat(directory.resolve("connector.properties")).hasContent("connectors=primes");
    }

    @Test
    void namesTheDirectoryOfAConnectorThatCannotBeLoaded() throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(directory.resolve("primes.jar")))) {
            jar.putNextEntry(new JarEntry("META-INF/services/" + Connector.class.getName()));
            jar.write("missing.Connector".getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> InstalledConnectors.of(Optional.of(home)))
                .hasMessageContaining("Cannot load the connectors of '" + directory + "'")
                .hasMessageContaining("put all jars that they need into that directory");
    }

    @Test
    void findsNothingWithoutADistribution() {
        assertThat(InstalledConnectors.of(Optional.empty())).isEmpty();
        assertThat(InstalledConnectors.of(Optional.of(home.resolve("elsewhere"))))
                .isEmpty();
    }
}
