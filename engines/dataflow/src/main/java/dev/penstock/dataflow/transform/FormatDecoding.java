package dev.penstock.dataflow.transform;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.format.DecodedRecords;
import dev.penstock.spi.format.Decoder;
import java.util.List;
import java.util.Optional;

/** Decodes a format that a connector offers. */
record FormatDecoding(Decoder decoder) implements Decoding {
    @Override
    public List<Field> fields(List<Problem> problems) {
        try {
            Optional<List<Field>> columns = decoder.columns();
            if (columns.isEmpty()) {
                problems.add(BuiltInDecoding.missing());
            }
            return columns.orElse(List.of());
        } catch (ConfigException e) {
            problems.addAll(e.problems());
            return List.of();
        }
    }

    @Override
    public void open(ConnectorContext context) {
        decoder.open(context);
    }

    @Override
    public Decoded decode(RecordBatch input, BytesColumn records) {
        DecodedRecords decoded = decoder.decode(input, records);
        return new Decoded(
                decoded.rows().columns(),
                Optional.of(operations(decoded.rows())),
                decoded.inputRows(),
                decoded.rejected());
    }

    private static byte[] operations(RecordBatch rows) {
        byte[] codes = new byte[rows.rowCount()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = rows.operation(row).code();
        }
        return codes;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
