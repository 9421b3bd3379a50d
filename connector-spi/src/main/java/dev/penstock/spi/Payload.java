package dev.penstock.spi;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;

/**
 * What connectors that carry encoded records agree on, so that any format works with any of them.
 *
 * <p>Such a source gives rows with the column {@link #COLUMN}: the bytes of one record. The pipeline puts a decoder
 * behind it that replaces the column by what is inside. Such a sink takes rows with the column {@link #COLUMN}; the
 * pipeline puts an encoder before it, which leaves the columns beside the record that settings of the types
 * {@link dev.penstock.spi.config.ConfigType#COLUMN} and {@link dev.penstock.spi.config.ConfigType#COLUMNS} name, and
 * the key of an upsert. A connector that cuts bytes into records itself declares a setting named {@link #FRAMING},
 * which the pipeline fills in from the format.
 */
public final class Payload {
    /** The column that holds the bytes of one record. */
    public static final String COLUMN = "record";

    /** The setting that says how a connector cuts bytes into records: a {@link Framing} in kebab-case. */
    public static final String FRAMING = "framing";

    /**
     * The line that names the columns of a csv file: an attribute of the {@link dev.penstock.spi.data.Origin} of what a
     * source gives, and metadata of the column for a sink, which begins each file with it.
     */
    public static final String HEADER = "header";

    /** The field of {@link #COLUMN}. */
    public static final Field FIELD = Field.required(COLUMN, DataType.BYTES);

    private Payload() {}

    /** Whether rows of {@code schema} hold encoded records. */
    public static boolean isIn(Schema schema) {
        return schema.find(COLUMN).isPresent() && schema.field(COLUMN).type() == DataType.BYTES;
    }

    /** How bytes are cut into records. */
    public enum Framing {
        /** One record a line, ended by a line feed; a carriage return before it belongs to neither. */
        LINES,
        /** One record a csv record, which may go over several lines inside quotes; the first one names the columns. */
        CSV,
        /** One record a file or object. */
        WHOLE,
        /** One row a file or object, with its text and what is known about it; no decoder follows. */
        DOCUMENT
    }
}
