package dev.penstock.conformance.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.ChangedFixture;
import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.OneRole;
import dev.penstock.conformance.reference.MemoryConnector;
import dev.penstock.conformance.reference.ReferenceFixtures;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Outcome;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleBook;
import dev.penstock.conformance.rule.RuleRunner;
import dev.penstock.conformance.rule.RunTerms;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a connector declares that all its loaders share. */
class SharedPackagesTest {
    private static final String SHARED = "dev.penstock.conformance.reference.MemoryState";
    private static final String UNUSED = "org.example.";

    @TempDir
    Path directory;

    private static Packaging declaring(Path directory, String shared, List<String> more) {
        Packaging plain = Packaging.packed(MemoryConnector.class, directory);
        Path jar = directory.resolve("declaring.jar");
        try (JarFile in = new JarFile(plain.own().toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (JarEntry entry : in.stream().toList()) {
                out.putNextEntry(new JarEntry(entry.getName()));
                in.getInputStream(entry).transferTo(out);
            }
            out.putNextEntry(new JarEntry(SharedPackages.DECLARED));
            out.write((shared + "\n").getBytes(UTF_8));
            for (String name : more) {
                out.putNextEntry(new JarEntry(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Packaging(jar, plain.libraries());
    }

    @Test
    void twoLoadersShareWhatIsDeclaredAndNothingElse() throws IOException, ClassNotFoundException {
        Packaging packaging = declaring(directory, SHARED, List.of());
        try (ConnectorLoader first = ConnectorLoader.of(packaging);
                ConnectorLoader second = ConnectorLoader.of(packaging)) {
            assertThat(first.loadClass(SHARED)).isSameAs(second.loadClass(SHARED));
            assertThat(first.connectors().get(0).getClass())
                    .isNotSameAs(second.connectors().get(0).getClass());
        }
    }

    @Test
    void sharingWithoutANativeLibraryBreaksTheRule() {
        assertThat(outcome(List.of()))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.message())
                                .startsWith("LC-07 ")
                                .contains("it declares that its loaders share [" + UNUSED
                                        + "], and no native library is in its jars")
                                .contains("\ncheck: " + SharedPackages.DECLARED));
    }

    @Test
    void sharingTheClassesOfANativeLibraryKeepsTheRule() {
        assertThat(outcome(List.of("native/libmemory.so"))).isInstanceOf(Outcome.Passed.class);
    }

    private static Outcome outcome(List<String> more) {
        RunTerms terms =
                RunTerms.fromProperties().with(Effort.QUICK).withSeed(1).withAttempts(1);
        Rule rule = RuleBook.matching("LC-07").get(0);
        try (FixtureProvider provider = new OneRole(new Declaring(more), Role.SOURCE)) {
            return RuleRunner.run(provider, terms, rule).get(0).outcome();
        }
    }

    /** Fixtures of the reference connector in a jar that declares. */
    private record Declaring(ReferenceFixtures reference, List<String> more) implements FixtureProvider {
        Declaring(List<String> more) {
            this(new ReferenceFixtures(), more);
        }

        @Override
        public String connector() {
            return reference.connector();
        }

        @Override
        public Set<Role> roles() {
            return reference.roles();
        }

        @Override
        public String system() {
            return reference.system();
        }

        @Override
        public Fixture fixture(String place, Path fixtureDirectory) {
            return new ChangedFixture(reference.fixture(place, fixtureDirectory)) {
                @Override
                public Packaging packaging(Path packed) {
                    return declaring(packed, UNUSED, more);
                }
            };
        }

        @Override
        public void close() {
            reference.close();
        }
    }
}
