package dev.penstock.dataflow.transform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.Connector;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes steps and batches for tests as pipelines do. */
final class Steps {
    static final Schema RECORDS = Schema.of(Payload.FIELD);

    private Steps() {}

    static Config config(Connector connector, Object written) {
        ConfigSpec spec = connector.descriptor().spec(Role.TRANSFORM).orElseThrow();
        return spec.parse(written).orThrow();
    }

    static Transform step(Connector connector, Object written) {
        return connector.transform(config(connector, written));
    }

    /** A batch of one record a text. */
    static RecordBatch records(String... texts) {
        return records(Stream.of(texts).map(text -> text.getBytes(UTF_8)).toList());
    }

    static RecordBatch records(List<byte[]> records) {
        BatchBuilder builder = new BatchBuilder(RECORDS);
        records.forEach(record -> builder.append(Bytes.copyOf(record)));
        return builder.build();
    }

    /** The records of a batch as texts. */
    static List<String> texts(RecordBatch batch) {
        BytesColumn records = (BytesColumn) batch.column(Payload.COLUMN);
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            texts.add(records.string(row));
        }
        return texts;
    }
}
