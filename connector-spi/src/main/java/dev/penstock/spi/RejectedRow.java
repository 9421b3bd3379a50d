package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

/**
 * A row of a batch that a transform or a sink could not take.
 *
 * @param index its number in the batch that was given
 * @param reason what is wrong with it, naming the column
 */
public record RejectedRow(int index, String reason) {
    public RejectedRow {
        requireNonNull(reason, "reason");
    }
}
