package dev.penstock.dataflow.format;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How change events of Debezium are read.
 *
 * @param metadata what becomes a column besides the row itself
 * @param keyColumn the column beside the record that holds the key of its message
 * @param values how values are written where no schema says it
 * @param policies what becomes of events that are not rows
 * @param rejectUnknown whether a field that is not a column makes its row bad, rather than being left out
 */
public record DebeziumOptions(
        List<DebeziumMetadata> metadata,
        Optional<String> keyColumn,
        Values values,
        Policies policies,
        boolean rejectUnknown) {
    public DebeziumOptions {
        metadata = List.copyOf(metadata);
        requireNonNull(keyColumn, "keyColumn");
        requireNonNull(values, "values");
        requireNonNull(policies, "policies");
    }

    /** What becomes of an event. */
    public enum Policy {
        /** It is left out. */
        IGNORE,
        /** It is a bad record. */
        REJECT,
        /** It is a DELETE. */
        DELETE
    }

    /**
     * What becomes of events that are not rows.
     *
     * @param truncates of tables: IGNORE or REJECT
     * @param tombstones IGNORE or DELETE
     */
    public record Policies(Policy truncates, Policy tombstones) {}

    /** The unit that times are counted in. */
    public enum TimeUnit {
        MILLIS(1_000),
        MICROS(1_000_000),
        NANOS(1_000_000_000);

        private final long perSecond;

        TimeUnit(long perSecond) {
            this.perSecond = perSecond;
        }

        long perSecond() {
            return perSecond;
        }
    }

    /** What strings for decimals hold. */
    public enum Decimals {
        /** The unscaled value in base64, with the scale of the column. */
        PRECISE,
        /** Digits. */
        STRING
    }

    /** How bytes are written. */
    public enum Binaries {
        BASE64,
        BASE64_URL_SAFE,
        HEX
    }

    /**
     * How values are written where no schema says it.
     *
     * @param times the unit of times and timestamps that are numbers
     * @param decimals what strings for decimals hold
     * @param binaries how bytes are written, also where a schema says string
     * @param placeholder what stands for a value that did not change and is not known
     */
    public record Values(TimeUnit times, Decimals decimals, Binaries binaries, String placeholder) {
        /** What stands for unknown values unless Debezium is told otherwise. */
        public static final String PLACEHOLDER = "__debezium_unavailable_value";

        /** As PostgreSQL is read if nothing is set. */
        public static final Values USUAL = new Values(TimeUnit.MICROS, Decimals.PRECISE, Binaries.BASE64, PLACEHOLDER);
    }
}
