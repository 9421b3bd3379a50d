package dev.penstock.connector.kafka;

import dev.penstock.spi.data.Origin;

/** Which offset of which partition each row was read from. */
record RecordOrigin(String partition, long[] offsets) implements Origin {
    @Override
    public String partition(int row) {
        return partition;
    }

    @Override
    public String position(int row) {
        return "offset " + offsets[row];
    }
}
