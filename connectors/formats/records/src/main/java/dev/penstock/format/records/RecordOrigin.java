package dev.penstock.format.records;

import dev.penstock.spi.data.Origin;
import java.util.Map;

/** Which byte of which file each record starts at. */
public record RecordOrigin(String partition, long base, int[] starts, Map<String, String> attributes)
        implements Origin {
    @Override
    public String partition(int row) {
        return partition;
    }

    @Override
    public String position(int row) {
        return "byte " + (base + starts[row]);
    }
}
