package dev.penstock.conformance;

import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Map;

/** What stands at the other end of a sink: an independent reader that sees what others see, and a vandal. */
public interface SinkSide {
    /** Makes what the sink does not make itself. Called once, before anything else. */
    void create();

    /** The rows that a committed reader sees now, in the order of the target if it has one. */
    List<NumberedRow> visible();

    /**
     * What a committed reader finds in a column that is none of {@link #schema}'s, or whose type has changed: the value
     * of each row as a text, by the {@link NumberedRow#KEY} of the row. Rows without a value are left out. Only asked
     * for after the sink has taken rows with such a column.
     */
    default Map<String, String> visible(String column) {
        throw new MissingHook("SinkSide.visible(column)");
    }

    /**
     * Whether {@link #visible()} gives the rows of one partition in the order in which they were written; false if the
     * target keeps no order.
     */
    default boolean ordered() {
        return true;
    }

    /**
     * Whether the rows of one handle become visible at one instant; false only if the documentation of the connector
     * says that a reader may see some of them before the others.
     */
    default boolean atomic() {
        return true;
    }

    /** What the pipeline would be told to do for a write mode; the fixture's own if it has but one. */
    default WriteMode append() {
        return WriteMode.append();
    }

    /** Upserts by {@link NumberedRow#KEY}. */
    default WriteMode upsert() {
        return WriteMode.upsert(List.of(NumberedRow.KEY));
    }

    /** How rows are to be written: in the columns of {@link NumberedRow#SCHEMA} unless the target wants others. */
    default RowLayout layout() {
        return RowLayout.COLUMNS;
    }

    /** The columns to write. */
    default Schema schema() {
        return layout().schema();
    }

    /** The rows as a batch of {@link #schema}. */
    default RecordBatch batch(List<NumberedRow> rows) {
        return layout().batch(rows);
    }

    /** Does what administrators do to targets: compaction, vacuum, expiry of snapshots. */
    default void maintain() {
        throw new MissingHook("SinkSide.maintain");
    }

    /** Makes a prepared handle impossible to commit: a timeout, a manual rollback, a deleted file. */
    default void destroy(Prepared prepared) {
        throw new MissingHook("SinkSide.destroy");
    }

    /** Begins, as somebody else, what looks like work of this connector; gives its name in the inventory. */
    default String openForeignTransaction() {
        throw new MissingHook("SinkSide.openForeignTransaction");
    }

    /** A batch of {@code rows} in which those at {@code invalid} cannot be taken by the target. */
    default RecordBatch batchWithInvalid(List<NumberedRow> rows, List<Integer> invalid) {
        throw new MissingHook("SinkSide.batchWithInvalid");
    }
}
