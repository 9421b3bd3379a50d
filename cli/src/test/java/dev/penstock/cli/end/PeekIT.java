package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of rows without running a pipeline. */
class PeekIT {
    @TempDir
    Path directory;

    @BeforeEach
    void writePipeline() throws IOException {
        Files.createDirectories(directory.resolve("in"));
        Files.writeString(directory.resolve("in/orders.ndjson"), """
                {"id": 1, "email": "ada@example.com", "address": {"city": "London"}}
                {"id": 2, "email": null, "address": {"city": "Paris"}}
                no order
                {"id": 3, "email": "grace@example.com", "address": {"city": "New\\nYork"}}
                """);
        Files.writeString(directory.resolve("pipeline.yaml"), """
                pipeline: orders
                checkpoint: { state: ./state }
                source:
                  connector: files
                  path: ./in
                  format: ndjson
                  columns: { id: int64, email: string, address: 'struct<city: string>' }
                transforms:
                  - filter: "id != 2"
                  - mask: { fields: [email, address.city], method: redact }
                  - deduplicate: { key: [id], within: 1h }
                sinks:
                  - { connector: files, path: ./out, format: ndjson }
                """);
    }

    private Distribution.Ended peek(String... more) {
        return Distribution.run(
                directory,
                Stream.concat(Stream.of("peek", "pipeline.yaml"), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void showsWhatTheSourceGivesAndChangesNothing() {
        Distribution.Ended peek = peek("--source", "--unmasked");
        assertThat(peek.exitCode()).as(peek.err()).isZero();
        assertThat(peek.out().lines())
                .containsExactly(
                        "id  email              address",
                        "1   ada@example.com    {\"city\":\"London\"}",
                        "2   null               {\"city\":\"Paris\"}",
                        "3   grace@example.com  {\"city\":\"New\\nYork\"}");
        assertThat(peek.err())
                .contains("bad row at orders.ndjson byte", "malformed JSON", "That is all there is of 'files'");
        assertThat(directory.resolve("state")).doesNotExist();
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void hidesWhatALaterStepMasks() {
        Distribution.Ended peek = peek("--rows", "2", "--json");
        assertThat(peek.out().lines())
                .containsExactly(
                        "{\"id\":1,\"email\":\"(masked)\",\"address\":\"(masked)\"}",
                        "{\"id\":2,\"email\":null,\"address\":\"(masked)\"}");
        assertThat(peek.err()).contains("Hidden, as a later step masks them: email, address; --unmasked shows them");
    }

    @Test
    void showsWhatComesOutOfAStep() {
        assertThat(peek("--step", "mask", "--json").out().lines())
                .containsExactly(
                        "{\"id\":1,\"email\":\"***\",\"address\":{\"city\":\"***\"}}",
                        "{\"id\":3,\"email\":\"***\",\"address\":{\"city\":\"***\"}}");
    }

    @Test
    void refusesToGuessWhatToHideBehindAnotherName() throws IOException {
        Path pipeline = directory.resolve("pipeline.yaml");
        Files.writeString(
                pipeline,
                Files.readString(pipeline)
                        .replace("  - mask:", "  - rename: { email: mail }\n  - mask:")
                        .replace("[email,", "[mail,"));
        Distribution.Ended peek = peek();
        assertThat(peek.exitCode()).isEqualTo(2);
        assertThat(peek.out()).isEmpty();
        assertThat(peek.err()).contains("a later step masks 'mail', which has another name here", "--unmasked");
        assertThat(peek("--step", "rename").out()).contains("mail", "(masked)");
    }

    @Test
    void saysWhyThereIsNothingToShow() {
        assertThat(peek("--step", "flies").err()).contains("there is no such step", "did you mean 'files'?");
        assertThat(peek("--step", "files-2").err())
                .contains("Cannot show rows of step 'files-2': it is a sink, which gives none");
        assertThat(peek("--step", "deduplicate").exitCode()).isEqualTo(2);
        Distribution.Ended missing = peek("--set", "source.path=./nowhere");
        assertThat(missing.exitCode()).isNotZero();
        assertThat(missing.err()).contains("nowhere").doesNotContain("\tat ");
    }

    @Test
    void saysHowLongItWaitedForNothing() throws IOException {
        Files.createDirectories(directory.resolve("empty"));
        Distribution.Ended peek =
                peek("--set", "source.path=./empty", "--set", "source.follow=true", "--wait", "100ms");
        assertThat(peek.exitCode()).as(peek.err()).isZero();
        assertThat(peek.out()).isEmpty();
        assertThat(peek.err()).containsPattern("Nothing came from 'files' in 0\\.[1-9] s");
    }

    @Test
    void endsOnASignalWhileItWaits() throws Exception {
        Files.createDirectories(directory.resolve("empty"));
        String[] command = {
            "peek", "pipeline.yaml", "--set", "source.path=./empty", "--set", "source.follow=true", "--wait", "10m"
        };
        try (Distribution.Started run = Distribution.start(directory, command)) {
            Eventually.holds("it says that it waits", () -> {
                assertThat(run.process().isAlive())
                        .as(Files.readString(run.errFile()))
                        .isTrue();
                return Files.readString(run.errFile()).contains("Waiting for rows of 'files', for up to 600.0 s");
            });
            assertThat(run.terminate().exitCode()).isEqualTo(130);
        }
    }
}
