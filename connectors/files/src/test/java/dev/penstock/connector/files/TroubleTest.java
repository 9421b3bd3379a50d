package dev.penstock.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RetryableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A full disk, and files that may not be read or written; run in full only where the test may mount or change users.
 */
final class TroubleTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @Test
    void losesNothingWhenTheDiskIsFullAndSpaceReturns() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                isRoot() && run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()),
                "a small file system cannot be mounted here");
        try {
            fillUpAndGoOn(small);
        } finally {
            run("umount", small.toString());
        }
    }

    private void fillUpAndGoOn(Path small) throws IOException {
        Path ballast = Files.write(small.resolve("ballast"), new byte[600_000]);
        Writing first = Writing.of(directory, "path", "small/out");
        List<Prepared> durable = first.prepare(1, "one");
        first.writer(0).begin(new EpochId(first.run, 2));
        assertThatThrownBy(() -> {
                    first.writer(0).write(Writing.batch("x".repeat(900_000)));
                    first.writer(0).prepare();
                })
                .isInstanceOf(RetryableException.class)
                .hasMessage(
                        "Cannot write to '" + small.resolve("out") + "': No space left on device; it is tried again");
        first.close();
        Files.delete(ballast);
        try (Writing second = Writing.later(directory, 2, 1, 1, "path", "small/out")) {
            second.commit(durable);
            second.commit(second.prepare(2, "x".repeat(900_000)));
        }
        assertThat(Writing.text(small.resolve("out"))).isEqualTo("one\n" + "x".repeat(900_000) + "\n");
    }

    @Test
    void namesADirectoryThatCannotBeWrittenTo() throws IOException {
        assertThatThrownBy(() -> Writing.of(directory, "path", "/proc/penstock/"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot create directory '/proc/penstock'");
    }

    private static final String MORTAL = "--bounding-set=-dac_override,-dac_read_search";

    /** The test of {@link #readsTheNeighboursOfWhatMayNotBeRead}, by a process to which permissions apply. */
    @Test
    void readsTheNeighboursOfWhatMayNotBeReadAlsoWhenStartedByRoot() throws Exception {
        assumeTrue(isRoot() && run("setpriv", MORTAL, "true"), "root cannot give up its powers here");
        forbidden();
        Path log = Files.createFile(directory.resolve(".log"));
        Process child = new ProcessBuilder(
                        "setpriv",
                        MORTAL,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadProcess.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log)).isEqualTo(EXPECTED);
        Files.setPosixFilePermissions(directory.resolve("closed"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static final String EXPECTED = """
            row open
            bad closed: Cannot list directory 'closed': permission denied; give the process access to it, or leave it out by choosing another path
            bad secret.txt: Cannot read 'secret.txt': permission denied; give the process read access to it
            """;

    private void forbidden() throws IOException {
        Files.writeString(directory.resolve("open.txt"), "open\n");
        Path secret = Files.writeString(directory.resolve("secret.txt"), "secret\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Path closed = Files.createDirectory(directory.resolve("closed"));
        Files.writeString(closed.resolve("inside.txt"), "inside\n");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    }

    @Test
    void readsTheNeighboursOfWhatMayNotBeRead() throws IOException {
        assumeTrue(!isRoot(), "root may read everything");
        forbidden();
        assertThat(ReadProcess.report(directory)).isEqualTo(EXPECTED);
        Files.setPosixFilePermissions(directory.resolve("closed"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void checksThatTheTargetCanBeWritten() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        FilesSink sink = new FilesSink(SinkSettings.of(
                SinkSettings.SPEC.parse(java.util.Map.of("path", "file/out/")).orThrow()));
        assertThat(sink.check(TestContext.in(directory)))
                .singleElement()
                .asString()
                .contains("is not a directory");
        assertThat(Writing.visible(directory)).hasSize(1);
    }
}
