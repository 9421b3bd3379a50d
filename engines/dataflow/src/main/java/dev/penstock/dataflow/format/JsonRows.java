package dev.penstock.dataflow.format;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.format.BadRecordException;
import dev.penstock.spi.format.RowDecoder;
import java.util.List;
import java.util.stream.IntStream;

/** Reads records that are JSON objects, for formats that have more around them. Not thread safe. */
public final class JsonRows implements RowDecoder {
    private final BatchBuilder rows;
    private final JsonDecoder decoder;

    /** A reader into {@code rows}. */
    public JsonRows(BatchBuilder rows, boolean rejectUnknown) {
        this.rows = rows;
        List<ColumnBuilder> builders =
                IntStream.range(0, rows.schema().size()).mapToObj(rows::column).toList();
        JsonReaders.Unknown unknown = rejectUnknown ? JsonReaders.Unknown.REJECT : JsonReaders.Unknown.IGNORE;
        this.decoder = new JsonDecoder(rows.schema().fields(), builders, unknown, false);
    }

    @Override
    public void decode(byte[] data, int from, int to, Operation operation) {
        try {
            if (decoder.decode(data, from, to) == 0) {
                throw new BadRecordException("is empty");
            }
            rows.endRow(operation);
        } catch (ValueException e) {
            throw new BadRecordException(e.reason());
        }
    }
}
