package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example with a topic and files, on a copy of it, with the broker that it starts. */
class KafkaFilesIT {
    private static final int ORDERS = 40;

    @TempDir
    Path copy;

    @Test
    void masksEachOrderOnceOnItsWayFromTopicToFilesAndBack() throws IOException {
        CopiedExample example = CopiedExample.into(copy, "kafka-files", "examples/local-servers/kafka", "penstock");
        Distribution.Ended run = example.run();
        assertThat(run.err()).contains("A Kafka broker runs at 127.0.0.1:");
        assertThat(run.out())
                .containsPattern(
                        "order_id +customer +email +card +quantity +price\\n\\d+ +\\(masked\\) +\\(masked\\) ");
        assertThat(run.out().lines().filter(line -> line.matches(" +kafka +" + ORDERS + " rows written.*")))
                .as(run.out())
                .hasSize(2);
        List<String> rows = example.rows("orders");
        assertThat(rows).hasSize(ORDERS).doesNotHaveDuplicates().allMatch(row -> row.contains("\"total\":"));
        assertThat(rows).noneMatch(row -> row.contains("@example.com"));
    }
}
