package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.data.RecordBatch;

/** An input of a step with memory, as a gate sees it: in the same thread, or behind an exchange. */
interface Inlet {
    /** Some rows. */
    void rows(RecordBatch batch);

    /** No row with an earlier event time is expected from here; ends being idle. */
    void watermark(long micros);

    /** Nothing is expected from here until the next rows or watermark. */
    void idle();
}
