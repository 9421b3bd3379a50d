package dev.penstock.spi.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Batches put one behind the other. */
record JoinedOrigin(List<Origin> origins, int[] starts) implements Origin {
    @Override
    public String partition(int row) {
        int batch = batchOf(row);
        return origins.get(batch).partition(row - starts[batch]);
    }

    @Override
    public String position(int row) {
        int batch = batchOf(row);
        return origins.get(batch).position(row - starts[batch]);
    }

    /** What all batches agree on. */
    @Override
    public Map<String, String> attributes() {
        Map<String, String> shared = new HashMap<>(origins.get(0).attributes());
        origins.forEach(
                origin -> shared.entrySet().retainAll(origin.attributes().entrySet()));
        return shared;
    }

    private int batchOf(int row) {
        int found = Arrays.binarySearch(starts, row);
        int batch = found >= 0 ? found : -found - 2;
        // Empty batches share their start with the next one; the row is in the last of them.
        while (batch + 1 < starts.length && starts[batch + 1] <= row) {
            batch++;
        }
        return batch;
    }
}
