package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Origin;

/** Where the commit of the change is in the log that each row came with. */
record ChangeOrigin(String partition, long[] lsns) implements Origin {
    @Override
    public String partition(int row) {
        return partition;
    }

    @Override
    public String position(int row) {
        return "LSN " + ChangePosition.shown(lsns[row]);
    }
}
