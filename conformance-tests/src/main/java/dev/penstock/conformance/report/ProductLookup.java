package dev.penstock.conformance.report;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.ConnectorDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Finds out what is being tested: what the connector says of itself, and which jar it comes in. */
final class ProductLookup {
    private ProductLookup() {}

    static ConformanceReport.Product of(FixtureProvider provider) {
        return with(
                provider,
                (fixture, directory) -> of(fixture, fixture.packaging(directory).own()));
    }

    static ConnectorDescriptor descriptor(FixtureProvider provider) {
        return with(provider, (fixture, directory) -> fixture.connector().descriptor());
    }

    private static <T> T with(FixtureProvider provider, Question<T> question) {
        try {
            Path directory = Files.createTempDirectory("penstock-report-");
            try (Fixture fixture = provider.fixture("report", Files.createDirectory(directory.resolve("fixture")))) {
                return question.ask(fixture, Files.createDirectory(directory.resolve("jars")));
            } finally {
                remove(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConformanceReport.Product of(Fixture fixture, Path jar) throws IOException {
        ConnectorDescriptor descriptor = fixture.connector().descriptor();
        List<String> capabilities =
                descriptor.capabilities().stream().sorted().map(Enum::name).toList();
        return new ConformanceReport.Product(
                descriptor.name(),
                descriptor.version(),
                coordinates(jar).orElse(fixture.connector().getClass().getName()),
                String.valueOf(jar.getFileName()),
                sha256(jar),
                capabilities);
    }

    private static Optional<String> coordinates(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<JarEntry> entries = Collections.list(file.entries()).stream()
                    .filter(entry -> entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties"))
                    .toList();
            if (entries.size() != 1) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            try (InputStream in = file.getInputStream(entries.get(0))) {
                properties.load(in);
            }
            return Optional.of(properties.getProperty("groupId") + ":" + properties.getProperty("artifactId") + ":"
                    + properties.getProperty("version"));
        }
    }

    private static String sha256(Path jar) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(jar)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something to find out from a fixture. */
    @FunctionalInterface
    private interface Question<T> {
        /** The answer. */
        T ask(Fixture fixture, Path directory) throws IOException;
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
