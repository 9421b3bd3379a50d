package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.data.RecordBatch;

/** A step of a worker's chain; hands on what it makes of a batch before it returns. */
@FunctionalInterface
interface Stage {
    /** Takes a batch that is not empty. */
    void accept(RecordBatch batch);
}
