package dev.penstock.connector.s3;

import dev.penstock.format.records.RecordOrigin;
import dev.penstock.spi.data.Origin;
import java.util.Map;

/** Which byte of which object each record starts at. */
record ObjectOrigin(String key, RecordOrigin inside) implements Origin {
    @Override
    public String partition(int row) {
        return inside.partition(row);
    }

    @Override
    public String position(int row) {
        return key + " " + inside.position(row);
    }

    @Override
    public Map<String, String> attributes() {
        return inside.attributes();
    }
}
