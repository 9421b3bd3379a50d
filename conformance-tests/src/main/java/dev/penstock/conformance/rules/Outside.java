package dev.penstock.conformance.rules;

import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Trial;

/** The other side of whatever role is tried, where a rule does not care which. */
final class Outside {
    private Outside() {}

    /** Makes what the valid settings name; a source has one partition with three rows. */
    static void create(Trial trial) {
        switch (trial.role()) {
            case SOURCE -> {
                trial.fixture().source().create(1);
                trial.fixture().source().append(0, NumberedRow.inserts(trial.seed(), 0, 0, 3));
            }
            case SINK -> trial.fixture().sink().create();
            case TRANSFORM, SEARCH, DECODER, ENCODER -> {
                // They need nothing that the connector does not bring.
            }
        }
    }
}
