package dev.penstock.benchmarks;

import dev.penstock.format.avro.AvroConnector;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.Decoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The decoder of the format, on batches as sources give them. */
final class AvroOurs {
    private static final long WARM_UP = 2_000_000;

    private AvroOurs() {}

    public static void main(String[] arguments) throws IOException {
        long count = Long.parseLong(arguments[0]);
        AvroConnector format = new AvroConnector();
        Config config = format.descriptor()
                .spec(Role.DECODER)
                .orElseThrow()
                .parse(Map.of("schema", AvroData.SCHEMA))
                .orThrow();
        BytesColumn records = AvroData.records();
        RecordBatch batch = RecordBatch.of(Schema.of(Payload.FIELD), AvroData.BATCH, List.of(records));
        try (Decoder decoder = format.decoder(config)) {
            decoder.open(new BareContext(Path.of("")));
            decode(decoder, batch, records, WARM_UP);
            Measured measured = Measured.start();
            measured.print(decode(decoder, batch, records, count));
        }
    }

    private static long decode(Decoder decoder, RecordBatch batch, BytesColumn records, long count) {
        long rows = 0;
        while (rows < count) {
            rows += decoder.decode(batch, records).rows().rowCount();
        }
        return rows;
    }
}
