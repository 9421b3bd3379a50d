package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Map;

/**
 * The fused steps of one worker.
 *
 * @param entries by the id of a source, what its rows (decoded, where the reading thread does that) go to
 * @param decoders by the id of a source, the id of the decoder whose work the reading thread does
 * @param rejections where rows that cannot be taken go
 */
record Chain(Map<String, List<Stage>> entries, Map<String, String> decoders, Rejections rejections) {
    /** Sends rows of source {@code sourceId} through all steps. */
    void accept(String sourceId, RecordBatch rows) {
        TransformStage.handOn(rows, entries.getOrDefault(sourceId, List.of()));
    }

    /** Reports what could not be decoded before. */
    void undecoded(String sourceId, Decoded decoded) {
        if (!decoded.rejected().isEmpty()) {
            rejections.rejected(decoders.getOrDefault(sourceId, sourceId), decoded.input(), decoded.rejected());
        }
    }
}
