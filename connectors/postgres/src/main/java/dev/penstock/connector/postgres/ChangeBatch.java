package dev.penstock.connector.postgres;

import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;

/** Changes in their order, until they are given. Not thread safe. */
interface ChangeBatch {
    /** The rows so far, bad ones too. */
    int count();

    /** The rows so far, up to {@code after}; nothing is left afterwards. */
    Poll.Rows build(ResumeState after);
}
