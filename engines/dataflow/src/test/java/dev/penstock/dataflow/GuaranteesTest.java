package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.AsyncOptions;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class GuaranteesTest {
    private static String guarantee(String source, String transforms, String sinks) {
        return Guarantees.of(Pipelines.plan(
                        "pipeline: a\nsource: " + source + "\ntransforms: " + transforms + "\nsinks: " + sinks))
                .toString();
    }

    private static final String STORE = "{ connector: store, path: in }";
    private static final String UPSERT = "{ connector: table, uri: x, mode: upsert, key: id }";

    @Test
    void isExactlyOnceIntoATransactionalSink() {
        assertThat(guarantee(STORE, "[{ chunk: { field: a } }]", "[{ connector: vault }]"))
                .isEqualTo("exactly-once (sink 'vault' is transactional)");
    }

    @Test
    void isExactlyOnceIfEveryStepBeforeAnUpsertGivesTheSameAgain() {
        assertThat(guarantee(STORE, "[{ filter: 'true' }]", "[" + UPSERT + "]"))
                .isEqualTo("exactly-once (sink 'table' upserts by key, and every step before it gives the same again)");
        assertThat(guarantee(STORE, "[{ chunk: { field: a } }]", "[" + UPSERT + "]"))
                .isEqualTo("at-least-once (sink 'table' upserts, but step 'chunk' may give other rows when it is run"
                        + " again)");
    }

    @Test
    void isThatOfTheWeakestPart() {
        assertThat(guarantee(STORE, "[]", "[{ connector: vault }, { connector: table, uri: x }]"))
                .isEqualTo("at-least-once (sink 'table' is not transactional)");
        assertThat(guarantee(STORE, "[]", "[{ connector: vault }, { connector: fire }]"))
                .isEqualTo("at-most-once (sink 'fire' does not say that what it took is durable)");
        assertThat(guarantee("{ connector: fire }", "[]", "[{ connector: vault }]"))
                .isEqualTo("at-most-once (source 'fire' cannot read again what was lost)");
    }

    @Test
    void isAtLeastOnceWithoutCheckpoints() {
        assertThat(guarantee(STORE + "\ncheckpoint: none", "[]", "[{ connector: vault }]"))
                .isEqualTo("at-least-once (without checkpoints, reading starts over after a crash)");
    }

    @Test
    void mapsByOtherThreadsAreNotTakenToGiveTheSameAgain() {
        Flow flow = Flow.named("test");
        flow.read("in", ItemSource.of("a"))
                .mapAsync("async", CompletableFuture::completedFuture, AsyncOptions.ordered(1))
                .toRows("rows", Schema.of(Field.of("id", DataType.STRING)), (item, row) -> row.string(0, item))
                .to("out", "table", Map.of("uri", "./t", "mode", "upsert", "key", List.of("id")));

        assertThat(Guarantees.of(flow.plan(TestConnector.CATALOG)))
                .hasToString("at-least-once (sink 'out' upserts, but step 'async' may give other rows when it is run"
                        + " again)");
    }
}
