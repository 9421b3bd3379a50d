package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example with a topic and files, on a copy of it, with the broker that it starts. */
class KafkaFilesIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String RUN = "examples/kafka-files/run";
    private static final int ORDERS = 40;

    @TempDir
    Path copy;

    @BeforeEach
    void copyTheExample() throws IOException {
        Path example = Files.createDirectories(copy.resolve("examples/kafka-files"));
        try (Stream<Path> files = Files.list(ROOT.resolve("examples/kafka-files"))) {
            for (Path file : files.toList()) {
                Files.copy(file, example.resolve(file.getFileName()));
            }
        }
        callsTheOneOfTheCheckout("examples/local-servers/kafka");
        callsTheOneOfTheCheckout("penstock");
    }

    private void callsTheOneOfTheCheckout(String script) throws IOException {
        Path caller = copy.resolve(script);
        Files.createDirectories(caller.getParent());
        Files.writeString(caller, "#!/bin/sh\nexec '" + ROOT.resolve(script) + "' \"$@\"\n");
        assertThat(caller.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void masksEachOrderOnceOnItsWayFromTopicToFilesAndBack() throws IOException {
        Distribution.Ended run = Distribution.execute(List.of(copy.resolve(RUN).toString()), copy);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("A Kafka broker runs at 127.0.0.1:");
        assertThat(run.out())
                .containsPattern(
                        "order_id +customer +email +card +quantity +price\\n\\d+ +\\(masked\\) +\\(masked\\) ");
        assertThat(run.out().lines().filter(line -> line.matches(" +kafka +" + ORDERS + " rows written.*")))
                .as(run.out())
                .hasSize(2);
        List<String> rows = Rows.read(copy.resolve("build/kafka-files/orders"));
        assertThat(rows).hasSize(ORDERS).doesNotHaveDuplicates().allMatch(row -> row.contains("\"total\":"));
        assertThat(rows).noneMatch(row -> row.contains("@example.com"));
    }
}
