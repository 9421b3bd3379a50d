package dev.penstock.spi.data;

import java.util.Arrays;
import java.util.Map;

/** Rows picked out of a batch. */
record PickedOrigin(Origin origin, int[] rows) implements Origin {
    PickedOrigin(Origin origin, int[] rows, int count) {
        this(origin, rows.length == count ? rows : Arrays.copyOf(rows, count));
    }

    @Override
    public String partition(int row) {
        return origin.partition(rows[row]);
    }

    @Override
    public String position(int row) {
        return origin.position(rows[row]);
    }

    @Override
    public Map<String, String> attributes() {
        return origin.attributes();
    }
}
