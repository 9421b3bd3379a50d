package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;

/** How the values of a type travel. Immutable; its readers and writers are not. */
interface ValueCodec {
    /**
     * Whether the binary form of the server is understood. Where it is not, there is no {@link #binaryReader} and no
     * {@link #writer}: a query casts the column to text, and a table that is written gets it as text and casts it.
     */
    default boolean hasBinary() {
        return true;
    }

    /** A reader of the form that {@code typsend} of the type gives, as in COPY BINARY and binary pgoutput. */
    ValueReader binaryReader(ColumnBuilder into);

    /** A reader of the form that {@code typoutput} of the type gives in a session of {@link Connections}. */
    ValueReader textReader(ColumnBuilder into);

    /** A writer of the form that {@code typreceive} of the type takes, of columns of the codec's own data type. */
    ValueWriter writer(Column from);
}
