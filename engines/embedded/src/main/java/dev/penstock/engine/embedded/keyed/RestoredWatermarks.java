package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.engine.embedded.protocol.StateChanges;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How far time had come in each partition that feeds a step, as the last durable epoch left it. */
public record RestoredWatermarks(Map<Partition, Long> latest) {
    /** Nothing is known. */
    public static final RestoredWatermarks NONE = new RestoredWatermarks(Map.of());

    public RestoredWatermarks {
        latest = Map.copyOf(latest);
    }

    /** A partition as one input of the step sees it. */
    public record Partition(int input, RowOrigin origin) {}

    /** The latest time seen in a partition, in microseconds since 1970, or {@link KeyContext#NO_WATERMARK}. */
    public long of(int input, RowOrigin origin) {
        return latest.getOrDefault(new Partition(input, origin), KeyContext.NO_WATERMARK);
    }

    /** What an epoch has to keep for the next life to find here. */
    public static StateChanges changes(
            String stepId, int input, List<PartitionWatermarks.Latest> moved, List<RowOrigin> gone) {
        return () -> Stream.concat(
                        moved.stream().map(one -> ReservedKeys.partition(stepId, input, one)),
                        gone.stream().map(one -> ReservedKeys.gone(stepId, input, one)))
                .toList();
    }
}
