package dev.penstock.spi.data;

import java.util.Map;

/** The later rows of a batch. */
record ShiftedOrigin(Origin origin, int by) implements Origin {
    @Override
    public String partition(int row) {
        return origin.partition(row + by);
    }

    @Override
    public String position(int row) {
        return origin.position(row + by);
    }

    @Override
    public Map<String, String> attributes() {
        return origin.attributes();
    }
}
