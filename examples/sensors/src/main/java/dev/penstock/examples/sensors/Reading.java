package dev.penstock.examples.sensors;

import dev.penstock.dataflow.flow.RowReader;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a sensor said. */
record Reading(String sensor, double value, Instant measuredAt) {
    /** Makes readings of the rows that the generator gives; timestamps are microseconds since 1970. */
    static final RowReader<Reading> OF_ROWS = columns -> {
        int name = columns.indexOf("name");
        int value = columns.indexOf("value");
        int measuredAt = columns.indexOf("measured_at");
        return row -> new Reading(
                row.string(name).substring(6),
                row.doubleValue(value),
                Instant.EPOCH.plus(row.longValue(measuredAt), ChronoUnit.MICROS));
    };
}
