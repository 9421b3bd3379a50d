package dev.penstock.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.dataflow.plan.PlanNode.TransformNode;
import dev.penstock.dataflow.transform.DecodeConnector;
import dev.penstock.engine.embedded.testing.DocumentsSource;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.Plans;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of columns beside the record that are decoded. */
final class DecodedColumnsTest {
    private static TransformNode decode() {
        DecodeConnector connector = new DecodeConnector();
        Config config = connector
                .descriptor()
                .spec(Role.TRANSFORM)
                .orElseThrow()
                .parse(Map.of("format", "json", "column", "doc", "columns", Map.of("a", "int64")))
                .orThrow();
        return new TransformNode("decode", List.of("in"), connector, config);
    }

    @Test
    void aValueThatDidNotChangeIsNotTakenForNull() {
        MemoryTarget target = new MemoryTarget();
        MemoryTarget dead = new MemoryTarget();

        EmbeddedEngine.of(Plans.from(new DocumentsSource())
                        .node(decode())
                        .deadLetters(dead)
                        .to(target))
                .run();

        assertThat(target.committed())
                .extracting(row -> row.get("id"), row -> row.get("a"))
                .containsExactly(tuple(1L, 1L), tuple(3L, null));
        assertThat(dead.committed())
                .extracting(row -> row.get("step"), row -> row.get("cause"))
                .containsExactly(tuple(
                        "decode", "column 'doc': its value did not change and is not known, and this step needs it"));
    }
}
