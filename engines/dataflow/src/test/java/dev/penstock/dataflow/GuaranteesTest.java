package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

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
}
