package dev.penstock.dataflow.transform;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Payload;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.DecodedRecords;
import dev.penstock.spi.format.Decoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes a format that a connector offers.
 *
 * @param beside by the name of the setting, the columns beside the record that the decoder reads too
 */
record FormatDecoding(Decoder decoder, Map<String, String> beside) implements Decoding {
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
    public void check(Schema input, List<Problem> problems) {
        // The settings are looked at once before it is known which columns there are.
        if (input.equals(Schema.of(Payload.FIELD))) {
            return;
        }
        beside.forEach((setting, column) -> {
            if (input.find(column).isEmpty() || input.field(column).type() != DataType.BYTES) {
                problems.add(Problem.error(
                        setting,
                        Problem.Code.NOT_FOUND,
                        "no column '" + column + "' of bytes beside the record: " + input,
                        NearestName.hint(column, input.names())));
            }
        });
    }

    @Override
    public void open(ConnectorContext context) {
        decoder.open(context);
    }

    @Override
    public Decoded decode(RecordBatch input, BytesColumn records) {
        DecodedRecords decoded = decoder.decode(input, records);
        return new Decoded(
                decoded.rows().columns(), Optional.of(decoded.rows()), decoded.inputRows(), decoded.rejected());
    }

    @Override
    public void close() {
        decoder.close();
    }
}
