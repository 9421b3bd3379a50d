package dev.penstock.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The badges that pages of this repository show: each stands beside the report that it was computed from, in
 * {@code conformance/<connector>/<roles>} of the module. {@code conformance-tests/badge} puts them there.
 */
final class KeptReportsTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final List<String> MODULES = List.of("connectors", "examples", "embeddings", "conformance-tests");

    @TestFactory
    Stream<DynamicTest> reports() throws IOException {
        return kept().stream()
                .map(report ->
                        DynamicTest.dynamicTest(REPOSITORY.relativize(report).toString(), () -> check(report)));
    }

    private static List<Path> kept() throws IOException {
        try (Stream<Path> modules = MODULES.stream()
                .map(REPOSITORY::resolve)
                .flatMap(place -> Stream.concat(Stream.of(place), directories(place)))) {
            return modules.map(module -> module.resolve("conformance"))
                    .filter(Files::isDirectory)
                    .flatMap(KeptReportsTest::directories)
                    .flatMap(KeptReportsTest::directories)
                    .map(roles -> roles.resolve(ReportDirectory.JSON))
                    .toList();
        }
    }

    private static Stream<Path> directories(Path place) {
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(Path file) throws IOException {
        ConformanceReport report = ReportReader.read(file);
        Path roles = file.resolveSibling("");
        Path module = roles.resolve("../../..").normalize();
        assertThat(Files.readString(file)).isEqualTo(ReportJson.write(report));
        for (Badge badge : Badge.of(report)) {
            assertThat(badge.proven()).as(badge.text()).isTrue();
            assertThat(roles.resolve(badge.file())).content().isEqualTo(BadgePicture.svg(badge));
            assertThat(Files.readString(module.resolve("README.md")))
                    .contains(module.relativize(roles.resolve(badge.file())).toString());
        }
    }
}
