package dev.penstock.dataflow.format;

import dev.penstock.spi.config.ConfigType;

/** How a record is written. */
public enum Format {
    /** A line of text, without structure. */
    TEXT,
    /** A JSON object a line. */
    NDJSON,
    /** A JSON object, or an array of them; a whole file or message. */
    JSON,
    /** Comma-separated values as RFC 4180 has them. */
    CSV;

    @Override
    public String toString() {
        return ConfigType.kebab(this);
    }
}
