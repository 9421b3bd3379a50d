package dev.penstock.conformance.history;

import dev.penstock.conformance.history.NumberedRow.Place;
import dev.penstock.spi.Payload;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Each row as a line of text in {@link Payload#COLUMN}, for connectors that carry records and do not look into them.
 */
public final class LineLayout implements RowLayout {
    private static final Schema SCHEMA = Schema.of(Payload.FIELD);

    /** For child processes. */
    public LineLayout() {}

    /** The line of a row, without a line feed at its end. */
    public static String line(NumberedRow row) {
        return String.join(
                "\t",
                row.operation().name(),
                String.valueOf(row.run()),
                String.valueOf(row.partition()),
                String.valueOf(row.sequence()),
                row.key(),
                String.valueOf(row.checksum()),
                row.text());
    }

    /** The row of a line; one that is not intact if the line is none that {@link #line} makes. */
    public static NumberedRow parse(String line) {
        String[] parts = line.split("\t", 7);
        try {
            return new NumberedRow(
                    Operation.valueOf(parts[0]),
                    Long.parseLong(parts[1]),
                    Integer.parseInt(parts[2]),
                    Long.parseLong(parts[3]),
                    parts[4],
                    parts[6],
                    Long.parseLong(parts[5]));
        } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException e) {
            NumberedRow damaged = NumberedRow.of(Operation.INSERT, new Place(-1, -1, -1), "", line);
            return new NumberedRow(Operation.INSERT, -1, -1, -1, "", line, ~damaged.checksum());
        }
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public RecordBatch batch(List<NumberedRow> rows) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (NumberedRow row : rows) {
            Bytes record = Bytes.copyOf(line(row).getBytes(StandardCharsets.UTF_8));
            builder.append(Row.of(SCHEMA, record).with(row.operation()));
        }
        return builder.build();
    }

    @Override
    public List<NumberedRow> rows(RecordBatch batch) {
        BytesColumn records = (BytesColumn) batch.column(Payload.COLUMN);
        List<NumberedRow> rows = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            rows.add(parse(records.string(row)));
        }
        return rows;
    }
}
