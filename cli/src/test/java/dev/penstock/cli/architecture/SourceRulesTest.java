package dev.penstock.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How sources are cut and named, so that each file can be read in one sitting. */
class SourceRulesTest {
    private static final int MAX_FILE_LINES = 300;
    /** Tests may tell a little more. */
    private static final int MAX_TEST_FILE_LINES = 350;

    private static final int MAX_METHOD_LINES = 30;
    private static final Pattern VAGUE_NAME = Pattern.compile(".*(Utils?|Helpers?|Manager|AbstractBase\\w*)");
    private static final Pattern GETTER = Pattern.compile("get[A-Z]\\w*");

    private static final List<Path> MAIN = Repository.modules().stream()
            .flatMap(module -> Repository.mainSources(module).stream())
            .toList();
    private static final Sources SOURCES = Sources.read(MAIN);

    @Test
    void filesAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : allSources()) {
            long lines = Files.readString(file).lines().count();
            if (lines > (MAIN.contains(file) ? MAX_FILE_LINES : MAX_TEST_FILE_LINES)) {
                tooLong.add(Repository.ROOT.relativize(file) + " has " + lines + " lines");
            }
        }
        assertThat(tooLong)
                .as("files of more than " + MAX_FILE_LINES + " lines; split each by noun, into types that can be named")
                .isEmpty();
    }

    private static List<Path> allSources() {
        Stream<Path> tests = Repository.modules().stream().flatMap(module -> Repository.testSources(module).stream());
        return Stream.concat(MAIN.stream(), tests).toList();
    }

    @Test
    void methodsAreShort() {
        assertThat(SOURCES.methods().stream()
                        .filter(method -> method.lines() > MAX_METHOD_LINES)
                        .map(method -> method.place() + " has " + method.lines() + " lines"))
                .as("methods of more than " + MAX_METHOD_LINES + " lines; give parts of each a name of their own")
                .isEmpty();
    }

    @Test
    void typesAreNamedForWhatTheyAre() {
        assertThat(SOURCES.types().stream()
                        .filter(type -> VAGUE_NAME.matcher(type.name()).matches())
                        .map(type -> Repository.ROOT.relativize(type.file()) + " " + type.name()))
                .as("types whose name says nothing; name each for the thing it is, or move its methods to that thing")
                .isEmpty();
    }

    @Test
    void accessorsHaveNoPrefix() {
        assertThat(SOURCES.methods().stream()
                        .filter(method -> !method.overrides()
                                && GETTER.matcher(method.name()).matches())
                        .map(Sources.Method::place))
                .as("methods named get…; name each for what it gives, as records do")
                .isEmpty();
    }

    @Test
    void packagesAreNullMarked() throws IOException {
        Set<Path> packages = MAIN.stream().map(Path::getParent).collect(Collectors.toSet());
        List<Path> unmarked = new ArrayList<>();
        for (Path directory : packages) {
            Path info = directory.resolve("package-info.java");
            if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
                unmarked.add(Repository.ROOT.relativize(directory));
            }
        }
        assertThat(unmarked)
                .as("packages without @NullMarked in their package-info.java, where nothing checks for null; add it")
                .isEmpty();
    }

    @Test
    void connectorModulesShowTheirConnectorsAndNothingElse() throws IOException {
        for (Path module : Repository.connectorModules()) {
            Path services = module.resolve("src/main/resources/META-INF/services/dev.penstock.spi.Connector");
            assertThat(services)
                    .as("the services file, through which connectors are found")
                    .exists();
            List<String> offered = Files.readString(services)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.substring(line.lastIndexOf('.') + 1))
                    .toList();
            assertThat(SOURCES.types().stream()
                            .filter(type -> type.file().startsWith(module.resolve("src/main/java/dev/penstock")))
                            .filter(type -> type.topLevel() && type.isPublic())
                            .map(Sources.Type::name))
                    .as("public types of " + Repository.ROOT.relativize(module)
                            + "; make those package-private that are not in " + services.getFileName())
                    .containsExactlyInAnyOrderElementsOf(offered);
        }
    }

    @Test
    void modulesSayWhatTheyAre() {
        assertThat(Repository.modules())
                .as("modules; each has a README.md: what it is, settings, guarantees, an example, what falls short")
                .allMatch(module -> Files.exists(module.resolve("README.md")));
    }
}
