package dev.penstock.dataflow.expression;

import dev.penstock.spi.data.RecordBatch;

/** A part of an expression, evaluated for all rows of a batch at once. Not thread safe. */
interface Kernel {
    /** What its values are. */
    Vector.Kind kind();

    /** The values for the rows of {@code batch}; the vector is shared, not to be changed. */
    Vector evaluate(RecordBatch batch);

    /** Whether its values are the same in every row of every batch. */
    default boolean isConstant() {
        return false;
    }

    /** A kernel that computes its values by {@code function}. */
    static Kernel of(Vector.Kind kind, Function function) {
        return new Kernel() {
            @Override
            public Vector.Kind kind() {
                return kind;
            }

            @Override
            public Vector evaluate(RecordBatch batch) {
                return function.apply(batch);
            }
        };
    }

    /** How a kernel computes its values. */
    interface Function {
        Vector apply(RecordBatch batch);
    }
}
