package dev.penstock.dataflow.format;

import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the records of a batch into columns. A record that cannot be read is rejected and its neighbours are not.
 *
 * <p>Keeps buffers from batch to batch; not thread safe.
 */
public final class RecordDecoder {
    private final List<ColumnBuilder> builders;
    private final RowDecoder decoder;
    private final List<RejectedRow> rejected = new ArrayList<>();
    private int[] inputRows = new int[0];
    private int rows;

    private RecordDecoder(List<ColumnBuilder> builders, RowDecoder decoder) {
        this.builders = builders;
        this.decoder = decoder;
    }

    /** A decoder of records into columns for {@code fields}. */
    public static RecordDecoder of(DecodeOptions options, List<Field> fields) {
        List<ColumnBuilder> builders = fields.stream()
                .map(field -> ColumnBuilder.of(field.type(), 1024))
                .toList();
        JsonReaders.Unknown unknown = options.rejectUnknown() ? JsonReaders.Unknown.REJECT : JsonReaders.Unknown.IGNORE;
        RowDecoder decoder = switch (options.format()) {
            case TEXT -> new TextDecoder(TextReader.of(fields.get(0).type(), builders.get(0)));
            case NDJSON -> new JsonDecoder(fields, builders, unknown, false);
            case JSON -> new JsonDecoder(fields, builders, unknown, true);
            case CSV -> new CsvDecoder(options.csv(), fields, builders);
        };
        return new RecordDecoder(builders, decoder);
    }

    /**
     * What the records of a batch became.
     *
     * @param columns a column for each field
     * @param inputRows the row of the batch that each row came from, ascending
     * @param rejected the rows that could not be read
     */
    public record Decoded(List<Column> columns, int[] inputRows, List<RejectedRow> rejected) {
        public Decoded {
            columns = List.copyOf(columns);
            rejected = List.copyOf(rejected);
        }
    }

    /** Reads {@code records}, a column of {@code batch}; a DELETE row without a record becomes a row of nulls. */
    public Decoded decode(RecordBatch batch, BytesColumn records) {
        rejected.clear();
        inputRows = new int[batch.rowCount()];
        rows = 0;
        decoder.attributes(batch.origin().attributes());
        byte[] data = records.data();
        int[] offsets = records.offsets();
        for (int row = 0; row < batch.rowCount(); row++) {
            if (records.isNull(row)) {
                withoutRecord(row, batch.operation(row));
            } else {
                decode(row, data, offsets[row], offsets[row + 1]);
            }
        }
        List<Column> columns = builders.stream().map(ColumnBuilder::build).toList();
        return new Decoded(columns, Arrays.copyOf(inputRows, rows), rejected);
    }

    private void withoutRecord(int row, Operation operation) {
        if (operation == Operation.DELETE) {
            builders.forEach(ColumnBuilder::appendNull);
            add(row, 1);
        } else {
            rejected.add(new RejectedRow(row, "the record is null"));
        }
    }

    private void decode(int row, byte[] data, int from, int to) {
        try {
            add(row, decoder.decode(data, from, to));
        } catch (ValueException e) {
            builders.forEach(builder -> builder.truncate(rows));
            rejected.add(new RejectedRow(row, e.reason()));
        }
    }

    private void add(int row, int count) {
        if (rows + count > inputRows.length) {
            inputRows = Arrays.copyOf(inputRows, Math.max(rows + count, inputRows.length * 2));
        }
        Arrays.fill(inputRows, rows, rows + count, row);
        rows += count;
    }

    /** A line of text is its own only value. */
    private record TextDecoder(TextReader reader) implements RowDecoder {
        @Override
        public int decode(byte[] data, int from, int to) {
            reader.append(data, from, to);
            return 1;
        }
    }
}
