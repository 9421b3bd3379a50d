package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Search;
import dev.penstock.spi.Transform;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Optional;

/** Calls that are out of order are refused: LC-01. */
final class OrderRules {
    private static final int WALKS_A_SEED = 8;

    private OrderRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                "LC-01",
                Tier.T1,
                "A call out of order is an IllegalStateException, and has no effect",
                OrderRules::walks));
    }

    private static void walks(Trial trial) {
        Outside.create(trial);
        for (int walk = 0; walk < WALKS_A_SEED * trial.effort().seeds(); walk++) {
            switch (trial.role()) {
                case SOURCE -> SourceWalk.take(trial);
                case SINK -> SinkWalk.take(trial, walk);
                case TRANSFORM -> transform(trial);
                case SEARCH -> search(trial);
                case DECODER, ENCODER -> trial.note("formats are not walked");
            }
        }
    }

    private static void transform(Trial trial) {
        Transform transform = trial.connector().transform(trial.config());
        RecordBatch batch = trial.fixture().transform().batch(List.of(Optional.of("one text")));
        Openness state = new Openness();
        Walk.take(
                trial.random(),
                () -> List.of(
                        state.opening(() -> transform.open(trial.context())),
                        new Walk.Call("apply", state.isOpen(), () -> transform.apply(batch)),
                        state.closing(transform::close)));
        transform.close();
    }

    private static void search(Trial trial) {
        Search search = trial.connector().search(trial.config());
        Openness state = new Openness();
        Walk.take(
                trial.random(),
                () -> List.of(
                        state.opening(() -> search.open(trial.context())),
                        new Walk.Call("schema", state.isOpen(), search::schema),
                        state.closing(search::close)));
        search.close();
    }
}
