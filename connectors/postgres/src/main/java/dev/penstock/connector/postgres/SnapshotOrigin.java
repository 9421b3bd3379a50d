package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Origin;

/** Of rows that were there before the first change. */
record SnapshotOrigin(String partition) implements Origin {
    @Override
    public String partition(int row) {
        return partition;
    }

    @Override
    public String position(int row) {
        return "snapshot";
    }
}
