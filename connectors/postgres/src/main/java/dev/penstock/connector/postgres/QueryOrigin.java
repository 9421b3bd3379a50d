package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Origin;

/** Of rows that came of a query. */
record QueryOrigin(String partition, OrderValues values, QueryOrder order) implements Origin {
    @Override
    public String partition(int row) {
        return partition;
    }

    @Override
    public String position(int row) {
        return String.join(", ", values.texts(row, order));
    }
}
