package dev.penstock.benchmarks;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Orders of about 90 bytes, with what schemas mostly have: nullable fields, times, decimals, a list and a record. */
final class AvroData {
    static final int BATCH = 4_096;
    static final String SCHEMA = """
            {"type": "record", "name": "Order", "fields": [
              {"name": "id", "type": "long"},
              {"name": "customer", "type": "string"},
              {"name": "email", "type": ["null", "string"], "default": null},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
              {"name": "quantity", "type": "int"},
              {"name": "weight", "type": ["null", "double"], "default": null},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "address", "type": {"type": "record", "name": "Address", "fields": [
                {"name": "city", "type": "string"}, {"name": "zip", "type": "int"}]}}]}""";

    private AvroData() {}

    static Schema schema() {
        return new Schema.Parser().parse(SCHEMA);
    }

    /** One batch, which is decoded again and again. */
    static BytesColumn records() throws IOException {
        Random random = new Random(1);
        Schema schema = schema();
        GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(schema);
        BytesColumnBuilder records = (BytesColumnBuilder) ColumnBuilder.of(DataType.BYTES, BATCH);
        for (int i = 0; i < BATCH; i++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            writer.write(record(schema, random, i), encoder);
            encoder.flush();
            records.append(bytes.toByteArray(), 0, bytes.size());
        }
        return records.build();
    }

    private static GenericRecord record(Schema schema, Random random, int id) {
        GenericRecord address =
                new GenericData.Record(schema.getField("address").schema());
        address.put("city", "city-" + random.nextInt(1_000));
        address.put("zip", random.nextInt(100_000));
        GenericRecord record = new GenericData.Record(schema);
        record.put("id", 1_000_000_000L + id);
        record.put("customer", "customer number " + random.nextInt(100_000));
        record.put("email", random.nextBoolean() ? null : "someone" + random.nextInt(10_000) + "@example.com");
        record.put("at", 1_700_000_000_000_000L + random.nextInt());
        record.put(
                "amount",
                ByteBuffer.wrap(
                        java.math.BigInteger.valueOf(random.nextInt(1_000_000)).toByteArray()));
        record.put("quantity", random.nextInt(100));
        record.put("weight", random.nextBoolean() ? null : random.nextDouble());
        record.put("tags", List.of("tag" + random.nextInt(10), "tag" + random.nextInt(10)));
        record.put("address", address);
        return record;
    }
}
