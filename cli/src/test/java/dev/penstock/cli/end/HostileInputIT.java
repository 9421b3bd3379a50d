package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that nobody wanted: its neighbours are delivered, and it is set aside or named. */
class HostileInputIT {
    @TempDir
    Path directory;

    @BeforeEach
    void writePipeline() throws IOException {
        Files.writeString(directory.resolve("pipeline.yaml"), """
                pipeline: hostile
                checkpoint: { state: ./state }
                source:
                  connector: files
                  path: ./in
                  format: ndjson
                  columns: { id: string, value: int64 }
                sinks:
                  - { connector: files, path: ./out, format: ndjson }
                errors:
                  policy: dead-letter
                  sink: { connector: files, path: ./dead, format: ndjson }
                """);
        Rows.write(directory.resolve("in/good"), "good", 10);
    }

    private Distribution.Ended run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", "pipeline.yaml"));
        arguments.addAll(List.of(more));
        return Distribution.run(directory, arguments.toArray(String[]::new));
    }

    private void deliversTheGoodAndSetsAside(int deadLetters) throws IOException {
        Distribution.Ended run = run("--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"dead_letters\":" + deadLetters);
        assertThat(Rows.read(directory.resolve("out")))
                .isEqualTo(Rows.read(directory.resolve("in")).stream()
                        .filter(line -> line.contains("\"good-"))
                        .toList());
        assertThat(Rows.read(directory.resolve("dead"))).hasSize(deadLetters);
    }

    @Test
    void setsMalformedJsonAside() throws IOException {
        Files.writeString(
                directory.resolve("in/bad"), "{\"id\":\"x\"\nnot json\n\n{\"id\":\"y\",\"value\":\"text\"}\n");
        Distribution.Ended run = run("--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Rows.read(directory.resolve("out"))).hasSize(10);
        assertThat(Rows.read(directory.resolve("dead")))
                .hasSizeBetween(3, 4)
                .anyMatch(line -> line.contains("not json"));
    }

    @Test
    void haltsBeforeMalformedJsonUnlessToldOtherwise() throws IOException {
        Files.writeString(directory.resolve("in/bad"), "not json\n");
        Path pipeline = directory.resolve("pipeline.yaml");
        String text = Files.readString(pipeline);
        Files.writeString(pipeline, text.substring(0, text.indexOf("errors:")));
        Distribution.Ended run = run();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("bad").doesNotContain("\tat ");
    }

    @Test
    void setsInvalidUtf8Aside() throws IOException {
        byte[] line = "{\"id\":\"x?\",\"value\":1}\n".getBytes(StandardCharsets.UTF_8);
        line[8] = (byte) 0xFF;
        Files.write(directory.resolve("in/bad"), line);
        Distribution.Ended run = run("--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Rows.read(directory.resolve("dead"))).hasSize(1);
        assertThat(Rows.read(directory.resolve("out"))).hasSize(10);
    }

    @Test
    void setsALineOfAHundredMegabytesAside() throws IOException {
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        try (OutputStream out = Files.newOutputStream(directory.resolve("in/long"))) {
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
            out.write("\n{\"id\":\"good-after\",\"value\":1}\n".getBytes(StandardCharsets.UTF_8));
        }
        Distribution.Ended run = run("--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Rows.read(directory.resolve("out"))).hasSize(11).anyMatch(line -> line.contains("good-after"));
        assertThat(Rows.read(directory.resolve("dead"))).hasSize(1);
    }

    @Test
    void readsAnEmptyFile() throws IOException {
        Files.createFile(directory.resolve("in/empty"));
        deliversTheGoodAndSetsAside(0);
    }

    @Test
    void namesTheStateDirectoryThatCannotBeWritten() throws IOException {
        Files.createFile(directory.resolve("file"));
        Distribution.Ended run = run("--set", "checkpoint.state=./file/state");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("file/state").doesNotContain("\tat ");
        assertThat(directory.resolve("out")).doesNotExist();
        deliversTheGoodAndSetsAside(0);
    }

    @Test
    void namesAReadOnlyStateDirectory() throws IOException {
        asNobody();
        Path state = Files.createDirectory(directory.resolve("state"));
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("r-xr-xr-x"));
        Distribution.Ended run = runAsNobody();
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains(state.toString()).doesNotContain("\tat ");
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(runAsNobody().exitCode()).isZero();
        assertThat(Rows.read(directory.resolve("out"))).hasSize(10);
    }

    @Test
    void namesADirectoryThatCannotBeRead() throws IOException {
        asNobody();
        Path secret = Files.createDirectory(directory.resolve("in/secret"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Distribution.Ended run = runAsNobody();
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Rows.read(directory.resolve("out"))).hasSize(10);
        assertThat(Rows.read(directory.resolve("dead")))
                .singleElement()
                .asString()
                .contains("secret");
    }

    /** Permissions mean nothing to the superuser, so these tests run as another one, where that can be done. */
    private void asNobody() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only the superuser can become another user");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assumeTrue(runAsNobody("--version").exitCode() == 0, "another user cannot read the distribution");
    }

    private Distribution.Ended runAsNobody(String... arguments) {
        List<String> become = List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        return Distribution.start(
                        become, directory, arguments.length > 0 ? arguments : new String[] {"run", "pipeline.yaml"})
                .await();
    }
}
