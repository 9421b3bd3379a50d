package dev.penstock.dataflow.transform;

import dev.penstock.spi.Payload;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.List;

/**
 * Which column a decoder reads: that of the record, or one beside it, such as the key of a message. One beside it says
 * nothing about what has happened to its row, and may have no value.
 *
 * @param name of the column
 * @param prefix of the names of the columns that are read from it
 */
record ReadColumn(String name, String prefix) {
    static ReadColumn of(Config config) {
        return new ReadColumn(
                config.find(DecodeConnector.COLUMN).orElse(Payload.COLUMN),
                config.find(DecodeConnector.PREFIX).orElse(""));
    }

    boolean isRecord() {
        return name.equals(Payload.COLUMN);
    }

    /** Adds to {@code problems} that rows of {@code input} do not have it. */
    void check(Schema input, List<Problem> problems) {
        if (isRecord()) {
            if (!Payload.isIn(input)) {
                problems.add(Problem.error(
                        "",
                        Problem.Code.INCOMPATIBLE,
                        "needs rows with a column '" + Payload.COLUMN + "' of bytes, found " + input,
                        "remove the format, or decode only once"));
            }
        } else if (input.find(name).isEmpty() || input.field(name).type() != DataType.BYTES) {
            problems.add(Problem.error(
                    DecodeConnector.COLUMN.name(),
                    Problem.Code.MISSING,
                    "no column '" + name + "' of bytes: " + input,
                    NearestName.hint(name, input.names())));
        }
    }

    /** {@code decoded} with the names that they have among the other columns. */
    List<Field> named(List<Field> decoded) {
        return decoded.stream().map(field -> field.named(prefix + field.name())).toList();
    }

    /** The batches of {@code sample} that have it, as if it was the record. */
    List<RecordBatch> records(List<RecordBatch> sample) {
        return isRecord()
                ? sample
                : sample.stream()
                        .filter(batch -> batch.schema().find(name).isPresent()
                                && batch.schema().field(name).type() == DataType.BYTES)
                        .map(batch -> RecordBatch.of(
                                        Schema.of(Payload.FIELD), batch.rowCount(), List.of(batch.column(name)))
                                .withOrigin(batch.origin()))
                        .toList();
    }

    /**
     * {@code input} with the operations by which a decoder reads {@code values} alone: a delete without a record
     * becomes a row of nulls there, and that is what a missing value is, unless one of its columns must have one.
     */
    RecordBatch asRecords(RecordBatch input, BytesColumn values, boolean required) {
        if (isRecord()) {
            return input;
        }
        byte[] codes = new byte[input.rowCount()];
        for (int row = 0; row < codes.length; row++) {
            boolean isMissing = !required && values.isNull(row);
            codes[row] = (isMissing ? Operation.DELETE : Operation.INSERT).code();
        }
        return input.withOperations(codes);
    }
}
