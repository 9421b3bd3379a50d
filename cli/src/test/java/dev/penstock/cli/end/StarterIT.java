package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/penstock} on machines of all kinds. */
class StarterIT {
    @TempDir
    Path directory;

    private String version(Path home, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/penstock").toString(), "--version")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    @Test
    void namesAJavaHomeWithoutJava() throws Exception {
        assertThat(version(Distribution.home(), Map.of("JAVA_HOME", "/nowhere")))
                .isEqualTo("Cannot start Penstock: JAVA_HOME is '/nowhere', where there is no bin/java;"
                        + " install Java 17 or newer, or set JAVA_HOME to one\n");
    }

    @Test
    void namesAJavaThatIsTooOld() throws Exception {
        Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 99\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.20\"\n");
        assertThat(version(Distribution.home(), Map.of("JAVA_HOME", directory.toString())))
                .contains("Cannot start Penstock: " + java + " is Java \"11.0.20\"");
    }

    @Test
    void runsWhereItWasMovedToAndMakesItsArchiveThere() throws Exception {
        Path moved = directory.resolve("moved here");
        copy(Distribution.home(), moved);
        assertThat(version(moved, Map.of())).startsWith("penstock 0.");
        assertThat(moved.resolve("lib/penstock.jsa.place")).content().endsWith(moved + "\n");
        assertThat(moved.resolve("lib/penstock.jsa")).isNotEmptyFile();
    }

    @Test
    void runsWithoutAnArchive() throws Exception {
        Path moved = directory.resolve("moved");
        copy(Distribution.home(), moved);
        assertThat(version(moved, Map.of("PENSTOCK_NO_ARCHIVE", "1"))).startsWith("penstock 0.");
        assertThat(moved.resolve("lib/penstock.jsa")).doesNotExist();
    }

    /** Copies what a run of two lines needs: no connector but that for files. */
    private static void copy(Path from, Path to) throws IOException {
        Path connectors = from.resolve("connectors");
        try (Stream<Path> files = Files.walk(from).filter(Files::isRegularFile)) {
            for (Path file : files.filter(
                            each -> !each.startsWith(connectors) || each.startsWith(connectors.resolve("files")))
                    .toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                if (!file.getFileName().toString().startsWith("penstock.jsa")) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
