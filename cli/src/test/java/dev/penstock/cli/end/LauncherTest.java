package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of a checkout, in a checkout whose build only notes that it was called. */
class LauncherTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path directory;

    private Path checkout = Path.of("");
    private Path source = Path.of("");

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = Files.createDirectory(directory.resolve("a checkout"));
        Files.copy(ROOT.resolve("penstock"), checkout.resolve("penstock"));
        for (String place : new String[] {"connector-spi", "connectors", "embeddings", "engines", "cli"}) {
            Files.createDirectories(checkout.resolve(place + "/src/main/java"));
        }
        source = Files.createFile(checkout.resolve("cli/src/main/java/Main.java"));
        Files.createFile(checkout.resolve("pom.xml"));
        script(
                "mvnw",
                "echo build >> builds",
                "mkdir -p cli/target/dist/bin",
                "cp shown cli/target/dist/bin/penstock",
                "echo \"$PWD/cli/target/dist\" > cli/target/distribution");
        script("shown", "echo \"ran with: $*\"");
        makeOld(checkout.resolve("pom.xml"));
    }

    private void script(String name, String... lines) throws IOException {
        Path file = Files.writeString(checkout.resolve(name), "#!/bin/sh\nset -e\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void makeOld(Path file) throws IOException {
        Files.setLastModifiedTime(file, LONG_AGO);
        Files.setLastModifiedTime(source, LONG_AGO);
        Files.setLastModifiedTime(source.getParent(), LONG_AGO);
    }

    private String penstock(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(checkout.resolve("penstock").toString(), "run", "my pipeline.yaml")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private long builds() throws IOException {
        Path builds = checkout.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    @Test
    void buildsOnceAndHandsAllArgumentsOver() throws Exception {
        assertThat(penstock(Map.of())).startsWith("Building Penstock").endsWith("ran with: run my pipeline.yaml\n");
        assertThat(penstock(Map.of())).isEqualTo("ran with: run my pipeline.yaml\n");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        penstock(Map.of());
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(penstock(Map.of())).startsWith("Building Penstock");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void ignoresTestsAndWhatWasBuilt() throws Exception {
        penstock(Map.of());
        Path test =
                Files.createDirectories(checkout.resolve("cli/src/test/java")).resolve("MainTest.java");
        Files.setLastModifiedTime(
                Files.createFile(test), FileTime.from(Instant.now().plusSeconds(60)));
        Path built = Files.createFile(checkout.resolve("cli/target/pom.xml"));
        Files.setLastModifiedTime(built, FileTime.from(Instant.now().plusSeconds(60)));
        penstock(Map.of());
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void saysWhereTheLogOfAFailedBuildIs() throws Exception {
        script("mvnw", "echo '[ERROR] cannot compile'", "exit 1");
        assertThat(penstock(Map.of()))
                .contains("[ERROR] cannot compile", "Cannot build Penstock: see ", "cli/target/distribution.log")
                .doesNotContain("ran with");
        assertThat(checkout.resolve("cli/target/distribution.lock")).doesNotExist();
    }

    @Test
    void asksForAJdkWhereThereIsNone() throws Exception {
        assertThat(penstock(Map.of("JAVA_HOME", directory.toString())))
                .contains("Cannot build Penstock: no JDK was found; install JDK 17 or newer, or set JAVA_HOME to one");
    }

    @Test
    void takesOverTheLockOfADeadBuild() throws Exception {
        Path lock = Files.createDirectories(checkout.resolve("cli/target/distribution.lock"));
        Files.writeString(lock.resolve("pid"), "999999999");
        assertThat(penstock(Map.of())).endsWith("ran with: run my pipeline.yaml\n");
    }
}
