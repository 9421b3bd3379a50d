package dev.penstock.dataflow.transform;

import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.ListColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.MapColumn;
import dev.penstock.spi.data.StructColumn;
import dev.penstock.spi.data.Validity;

/** Columns with the same values and other nulls. */
final class Nulls {
    private Nulls() {}

    /** The values of {@code column}, null where {@code validity} says so. */
    static Column with(Column column, Validity validity) {
        if (column instanceof BooleanColumn of) {
            return new BooleanColumn(of.type(), of.values(), validity);
        }
        if (column instanceof IntColumn of) {
            return new IntColumn(of.type(), of.values(), validity);
        }
        if (column instanceof LongColumn of) {
            return new LongColumn(of.type(), of.values(), validity);
        }
        if (column instanceof FloatColumn of) {
            return new FloatColumn(of.type(), of.values(), validity);
        }
        if (column instanceof DoubleColumn of) {
            return new DoubleColumn(of.type(), of.values(), validity);
        }
        return column instanceof BytesColumn of
                ? new BytesColumn(of.type(), of.offsets(), of.data(), validity)
                : nested(column, validity);
    }

    private static Column nested(Column column, Validity validity) {
        if (column instanceof ListColumn of) {
            return new ListColumn(of.type(), of.offsets(), of.elements(), validity);
        }
        if (column instanceof FixedListColumn of) {
            return new FixedListColumn(of.type(), of.elements(), validity);
        }
        if (column instanceof MapColumn of) {
            return new MapColumn(of.type(), of.offsets(), of.keys(), of.values(), validity);
        }
        StructColumn of = (StructColumn) column;
        return new StructColumn(of.type(), of.size(), of.fields(), validity);
    }
}
