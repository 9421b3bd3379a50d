package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Joins small batches of the same source that wait in a queue, so that a step with a high price a batch, such as a
 * model, is not called once a row. Waits for nothing.
 *
 * @param maxRows of a joined batch
 * @param maxBytes of a joined batch
 * @param timedSources those whose partitions must not be mixed, because watermarks are made of them
 */
record Coalescing(int maxRows, long maxBytes, Set<String> timedSources) {
    /** A batch with more rows than this is large enough. */
    private static final int SMALL = 256;

    /** {@code first} and those behind it that can go with it. */
    List<Item.Rows> gather(Item.Rows first, LaneQueue queue) {
        if (!isSmall(first)) {
            return List.of(first);
        }
        List<Item.Rows> gathered = new ArrayList<>();
        gathered.add(first);
        long rows = first.decoded().rows().rowCount();
        long bytes = first.bytes();
        while (queue.peek() instanceof Item.Rows next && isSmall(next) && fits(first, next)) {
            rows += next.decoded().rows().rowCount();
            bytes += next.bytes();
            if (rows > maxRows || bytes > maxBytes) {
                break;
            }
            gathered.add(next);
            queue.drop();
        }
        return gathered;
    }

    private static boolean isSmall(Item.Rows item) {
        return item.decoded().rows().rowCount() <= SMALL;
    }

    private boolean fits(Item.Rows first, Item.Rows next) {
        RecordBatch one = first.decoded().rows();
        RecordBatch other = next.decoded().rows();
        return first.from().source() == next.from().source()
                && (first.from() == next.from()
                        || !timedSources.contains(first.from().source().id()))
                && one.schema().equals(other.schema())
                && one.origin().attributes().equals(other.origin().attributes());
    }
}
