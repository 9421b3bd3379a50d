package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.RecordBatch;
import java.util.Map;

/**
 * The part of the chain that runs in the reading thread, so that decoding overlaps with the rest: the decoders of
 * records that directly follow a source.
 *
 * @param decoders by the id of the source
 */
record Decoder(Map<String, DecoderStep> decoders) implements AutoCloseable {
    /** A decoder and what it counts. */
    record DecoderStep(Transform transform, StepCounters counters) {}

    Decoder {
        decoders = Map.copyOf(decoders);
    }

    /** Decodes rows of the source {@code sourceId}; the thread that reads calls. */
    Decoded decode(String sourceId, RecordBatch rows) {
        DecoderStep step = decoders.get(sourceId);
        if (step == null || rows.isEmpty()) {
            return Decoded.untouched(rows);
        }
        step.counters().in(rows);
        TransformResult result = step.transform().apply(rows);
        step.counters().out(result.rows());
        return result.rejected().isEmpty()
                ? Decoded.untouched(result.rows())
                : new Decoded(result.rows(), rows, result.rejected());
    }

    @Override
    public void close() {
        decoders.values().forEach(step -> step.transform().close());
    }
}
