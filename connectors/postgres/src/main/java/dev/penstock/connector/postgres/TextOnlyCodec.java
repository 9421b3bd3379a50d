package dev.penstock.connector.postgres;

import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;

/** Values whose text is understood, and whose binary form is not. */
enum TextOnlyCodec implements ValueCodec {
    INSTANCE;

    @Override
    public boolean hasBinary() {
        return false;
    }

    @Override
    public ValueReader binaryReader(ColumnBuilder into) {
        throw new UnsupportedOperationException("Cannot read the binary form of this type: ask for its text");
    }

    @Override
    public ValueReader textReader(ColumnBuilder into) {
        return ((BytesColumnBuilder) into)::append;
    }

    @Override
    public ValueWriter writer(Column from) {
        throw new UnsupportedOperationException("Cannot write the binary form of this type: write text and cast it");
    }
}
