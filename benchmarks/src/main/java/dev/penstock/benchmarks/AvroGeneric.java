package dev.penstock.benchmarks;

import dev.penstock.spi.data.BytesColumn;
import java.io.IOException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** The raw loop of Avro's generic reader, which uses its record and its decoder again. */
final class AvroGeneric {
    private static final long WARM_UP = 2_000_000;

    private final GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(AvroData.schema());
    private final BytesColumn records = AvroData.records();
    private @Nullable BinaryDecoder decoder;
    private @Nullable GenericRecord record;

    private AvroGeneric() throws IOException {}

    public static void main(String[] arguments) throws IOException {
        AvroGeneric generic = new AvroGeneric();
        generic.read(WARM_UP);
        Measured measured = Measured.start();
        measured.print(generic.read(Long.parseLong(arguments[0])));
    }

    private long read(long count) throws IOException {
        long read = 0;
        while (read < count) {
            for (int row = 0; row < AvroData.BATCH; row++) {
                decoder = DecoderFactory.get()
                        .binaryDecoder(records.data(), records.start(row), records.length(row), decoder);
                record = reader.read(record, decoder);
            }
            read += AvroData.BATCH;
        }
        return read;
    }
}
