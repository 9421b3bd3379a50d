package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedRows;

/** A row while it is being looked at: it can be handed on, once, if it turns out to be late. */
final class LateRow {
    private static final int LATE = 1;

    private final KeyedRows rows;
    private final int index;
    private boolean handedOn;

    LateRow(KeyedRows rows, int index) {
        this.rows = rows;
        this.index = index;
    }

    /** Hands it on as it is, however many windows it would have been in. */
    void handOn(KeyContext<?> context) {
        if (!handedOn) {
            handedOn = true;
            context.forward(LATE, rows, index);
        }
    }
}
