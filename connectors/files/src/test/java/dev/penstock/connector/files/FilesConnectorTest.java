package dev.penstock.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Connector;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Role;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the connector says of itself, and what it refuses before a pipeline runs. */
final class FilesConnectorTest {
    private final FilesConnector connector = new FilesConnector();

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(Connector.class))
                .filteredOn(FilesConnector.class::isInstance)
                .singleElement()
                .extracting(found -> found.descriptor().name())
                .isEqualTo("files");
    }

    @Test
    void describesEverySetting() {
        for (ConfigSpec spec : connector.descriptor().specs().values()) {
            for (ConfigKey<?> key : spec.keys()) {
                assertThat(key.doc()).as(key.name()).hasSizeGreaterThan(20);
                key.defaultValue();
                key.example()
                        .ifPresent(example ->
                                assertThat(problems(spec, key.name(), example)).isEmpty());
            }
        }
    }

    private static List<Problem> problems(ConfigSpec spec, String key, String example) {
        Map<String, Object> written = Reading.settings("path", "x");
        written.put(key, example);
        return spec.parse(written).problems();
    }

    private SinkPlan plan(Schema schema, WriteMode mode, Object... settings) {
        Map<String, Object> written = Reading.settings(settings);
        written.put("path", "out");
        Config config = SinkSettings.SPEC.parse(written).orThrow();
        return connector.sink(config).plan(schema, mode);
    }

    private static List<String> paths(SinkPlan plan) {
        return ((SinkPlan.Reject) plan).problems().stream().map(Problem::path).toList();
    }

    @Test
    void takesEncodedRecords() {
        assertThat(plan(Schema.of(Payload.FIELD), WriteMode.append())).isEqualTo(new SinkPlan.Accept());
    }

    @Test
    void refusesWhatFilesCannotDoWithAllReasonsAtOnce() {
        Schema plain = Schema.of(Field.of("id", DataType.INT64));
        assertThat(paths(plan(plain, WriteMode.upsert(List.of("id")), "framing", "document")))
                .containsExactly("mode", "framing", "format");
    }

    @Test
    void refusesColumnsThatWouldBeLost() {
        Schema more = Schema.of(Payload.FIELD, Field.of("key", DataType.BYTES));
        assertThat(paths(plan(more, WriteMode.append()))).containsExactly("format");
    }

    @Test
    void checksThatThereIsSomethingToRead(@TempDir Path directory) throws IOException {
        Config missing = SourceSettings.SPEC.parse(Map.of("path", "nowhere")).orThrow();
        assertThat(connector.check(Role.SOURCE, missing, TestContext.in(directory)))
                .singleElement()
                .extracting(Problem::code)
                .isEqualTo(Problem.Code.NOT_FOUND);
        Config here = SourceSettings.SPEC.parse(Map.of("path", ".")).orThrow();
        assertThat(connector.check(Role.SOURCE, here, TestContext.in(directory)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.isError()).isFalse());
        Files.writeString(directory.resolve("a.txt"), "one\n");
        assertThat(connector.check(Role.SOURCE, here, TestContext.in(directory)))
                .isEmpty();
    }

    @Test
    void closesWithoutHavingBeenOpened() {
        connector
                .source(SourceSettings.SPEC.parse(Map.of("path", "x")).orThrow())
                .close();
        connector.sink(SinkSettings.SPEC.parse(Map.of("path", "x")).orThrow()).close();
    }
}
