package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.RowOrigin;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Map;

/**
 * The fused steps of one lane.
 *
 * @param entries by the id of a source, what its rows (decoded, where the reading thread does that) go to
 * @param decoders by the id of a source, the id of the decoder whose work the reading thread does
 * @param rejections where rows that cannot be taken go
 * @param current told whose rows come next
 * @param time the steps with memory, and all that they must hear
 */
record Chain(
        Map<String, List<Stage>> entries,
        Map<String, String> decoders,
        Rejections rejections,
        CurrentOrigin current,
        LaneTime time) {
    /** Sends rows of the partition {@code origin} through all steps. */
    void accept(RowOrigin origin, RecordBatch rows) {
        current.set(origin);
        TransformStage.handOn(rows, entries.getOrDefault(origin.stepId(), List.of()));
    }

    /** Reports what could not be decoded before. */
    void undecoded(String sourceId, Decoded decoded) {
        if (!decoded.rejected().isEmpty()) {
            rejections.rejected(decoders.getOrDefault(sourceId, sourceId), decoded.input(), decoded.rejected());
        }
    }
}
