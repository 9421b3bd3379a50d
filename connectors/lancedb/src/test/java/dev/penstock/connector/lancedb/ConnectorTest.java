package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectorTest {
    private final LanceConnector connector = new LanceConnector();

    @TempDir
    Path directory;

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Connector.class))
                .extracting(found -> found.descriptor().name())
                .contains("lancedb");
    }

    @Test
    void describesEverySettingInASentence() {
        for (ConfigSpec spec : connector.descriptor().specs().values()) {
            assertThat(spec.keys()).allSatisfy(key -> {
                assertThat(key.doc()).hasSizeGreaterThan(19).doesNotEndWith(".");
                key.defaultValue();
            });
        }
    }

    @Test
    void listsAllThatIsWrongAtOnce() {
        List<Problem> problems = SinkSettings.spec()
                .parse(Map.of("uri", "db", "tabel", "x", "vector-index", "fast", "access-key", "k"))
                .problems();
        assertThat(problems).extracting(Problem::path).contains("tabel", "table", "vector-index", "secret-key");
    }

    @Test
    void keepsSecretsOutOfWhatIsPrinted() {
        Config config = Incarnation.config(
                Map.of("uri", "s3://lake/db", "table", "docs", "access-key", "canary-1", "secret-key", "canary-2"));
        assertThat(config.toString() + SinkSettings.of(config)).doesNotContain("canary");
        TableLocation location = TableLocation.of(SinkSettings.of(config).table(), directory);
        assertThat(location.toString()).isEqualTo("s3://lake/db/docs.lance");
    }

    @Test
    void refusesPlacesThatItCannotReach() {
        assertThatThrownBy(() -> open("gs://bucket/db", "docs"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("uri: is 'gs://bucket/db'; use a directory or s3://bucket/prefix");
        assertThatThrownBy(() -> open("s3://bucket/a b", "docs")).hasMessageStartingWith("uri: is 's3://bucket/a b'");
        assertThatThrownBy(() -> open("db", "../docs")).hasMessageStartingWith("table: is '../docs'");
    }

    private void open(String uri, String table) {
        Sink sink = connector.sink(Incarnation.config(Map.of("uri", uri, "table", table)));
        try {
            sink.open(new KitContext("pipeline", "lancedb", 1, directory));
        } finally {
            sink.close();
            sink.close();
        }
    }

    @Test
    void checksTheTargetWithoutChangingIt() throws Exception {
        Config sink = Incarnation.config(Map.of("uri", "db", "table", "docs"));
        assertThat(connector.check(Role.SINK, sink, new KitContext("pipeline", "lancedb", 1, directory)))
                .isEmpty();
        assertThat(connector.check(Role.SEARCH, sink, new KitContext("pipeline", "lancedb", 1, directory)))
                .extracting(Problem::code)
                .containsExactly(Problem.Code.NOT_FOUND);
        assertThat(directory).isEmptyDirectory();
        Files.writeString(directory.resolve("file"), "");
        Config blocked = Incarnation.config(Map.of("uri", "file", "table", "docs"));
        assertThat(connector.check(Role.SINK, blocked, new KitContext("pipeline", "lancedb", 1, directory)))
                .extracting(Problem::toString)
                .containsExactly("uri: '" + directory + "/file' is not a directory; name another one");
    }
}
