package dev.penstock.connector.postgres;

import dev.penstock.spi.data.DataType;
import java.util.Map;
import java.util.Optional;

/** The types that are not made of others: what they are in a batch, and how they travel. */
record ScalarType(DataType dataType, ValueCodec codec) {
    private static final ScalarType TEXT = new ScalarType(DataType.STRING, BytesCodec.TEXT);
    private static final ScalarType WHOLE = new ScalarType(DataType.INT64, NumberCodec.INT8);

    private static final Map<String, ScalarType> BUILT_IN = Map.ofEntries(
            Map.entry("bool", new ScalarType(DataType.BOOLEAN, NumberCodec.BOOL)),
            Map.entry("int2", new ScalarType(DataType.INT16, NumberCodec.INT2)),
            Map.entry("int4", new ScalarType(DataType.INT32, NumberCodec.INT4)),
            Map.entry("int8", WHOLE),
            Map.entry("oid", new ScalarType(DataType.INT64, NumberCodec.OID)),
            Map.entry("xid", new ScalarType(DataType.INT64, NumberCodec.OID)),
            Map.entry("float4", new ScalarType(DataType.FLOAT32, NumberCodec.FLOAT4)),
            Map.entry("float8", new ScalarType(DataType.FLOAT64, NumberCodec.FLOAT8)),
            Map.entry("text", TEXT),
            Map.entry("varchar", TEXT),
            Map.entry("bpchar", TEXT),
            Map.entry("name", TEXT),
            Map.entry("char", TEXT),
            Map.entry("xml", TEXT),
            Map.entry("bytea", new ScalarType(DataType.BYTES, BytesCodec.BYTEA)),
            Map.entry("uuid", new ScalarType(DataType.UUID, BytesCodec.UUID)),
            Map.entry("json", new ScalarType(DataType.JSON, BytesCodec.TEXT)),
            Map.entry("jsonb", new ScalarType(DataType.JSON, BytesCodec.VERSIONED_TEXT)),
            Map.entry("jsonpath", new ScalarType(DataType.STRING, BytesCodec.VERSIONED_TEXT)),
            Map.entry("date", new ScalarType(DataType.DATE, TimeCodec.DATE)),
            Map.entry("time", new ScalarType(DataType.TIME, TimeCodec.TIME)),
            Map.entry(
                    "timestamp",
                    new ScalarType(new DataType.Timestamp(DataType.Precision.MICROS, false), TimeCodec.TIMESTAMP)),
            Map.entry("timestamptz", new ScalarType(DataType.TIMESTAMP, TimeCodec.TIMESTAMP_WITH_ZONE)));

    private static final Map<String, ScalarType> EXTENSIONS =
            Map.of("citext", TEXT, "ltree", new ScalarType(DataType.STRING, BytesCodec.VERSIONED_TEXT));

    /** What {@code entry} is with {@code modifier}, if that is known here. */
    static Optional<ScalarType> of(TypeEntry entry, int modifier) {
        if (entry.kind() == 'e') {
            return Optional.of(TEXT);
        }
        if (!entry.isBuiltIn()) {
            return extension(entry, modifier);
        }
        return entry.name().equals("numeric")
                ? Optional.of(NumericCodec.type(modifier))
                : Optional.ofNullable(BUILT_IN.get(entry.name()));
    }

    private static Optional<ScalarType> extension(TypeEntry entry, int modifier) {
        if (entry.extension().equals("vector")) {
            return VectorCodec.type(entry.name(), modifier);
        }
        if (entry.extension().equals("hstore") && entry.name().equals("hstore")) {
            return Optional.of(new ScalarType(DataType.mapOf(DataType.STRING, DataType.STRING), HstoreCodec.INSTANCE));
        }
        return entry.extension().equals(entry.name())
                ? Optional.ofNullable(EXTENSIONS.get(entry.name()))
                : Optional.empty();
    }
}
