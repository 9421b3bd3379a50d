package dev.penstock.connector.iceberg;

import dev.penstock.spi.data.Origin;

/**
 * Rows of a data file.
 *
 * @param partition the id of the partition
 * @param file where it is
 * @param places of the rows in it
 */
record FileOrigin(String partition, String file, long[] places) implements Origin {
    @Override
    public String partition(int row) {
        return partition;
    }

    @Override
    public String position(int row) {
        return "row " + places[row] + " of '" + file + "'";
    }
}
