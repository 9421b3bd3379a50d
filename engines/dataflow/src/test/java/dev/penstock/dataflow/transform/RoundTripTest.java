package dev.penstock.dataflow.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.format.RandomBatches;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Origin;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is encoded and decoded again is the same, for all types. */
class RoundTripTest {
    private static final int SEEDS = 150;

    private enum Way {
        NDJSON,
        JSON,
        CSV,
        CSV_WITHOUT_HEADER
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void givesBackWhatWasEncoded(Way way) {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomBatches random = new RandomBatches(seed);
            Schema schema = random.schema(1 + (int) (seed % 9));
            RecordBatch batch = random.batch(schema, 50);

            List<Row> back = roundTrip(way, batch).toRows();

            for (int row = 0; row < back.size(); row++) {
                assertThat(text(back.get(row)))
                        .as("seed " + seed + " " + schema)
                        .isEqualTo(text(batch.row(row)));
            }
            assertThat(back).hasSameSizeAs(batch.toRows());
        }
    }

    private static RecordBatch roundTrip(Way way, RecordBatch batch) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("format", way == Way.NDJSON ? "ndjson" : way == Way.JSON ? "json" : "csv");
        settings.put("header", way != Way.CSV_WITHOUT_HEADER);
        Transform encode = Steps.step(new EncodeConnector(), settings);
        TransformResult encoded = encode.apply(batch);
        assertThat(encoded.rejected()).isEmpty();

        Map<String, String> columns = new LinkedHashMap<>();
        batch.schema().fields().forEach(field -> columns.put(field.name(), written(field)));
        settings.put("columns", columns);
        TransformResult decoded = Steps.step(new DecodeConnector(), settings)
                .apply(withHeader(encode.output(batch.schema()), encoded.rows()));
        assertThat(decoded.rejected()).isEmpty();
        return decoded.rows();
    }

    private static String written(Field field) {
        return field.type().text() + (field.nullable() ? "" : "!");
    }

    private static RecordBatch withHeader(Schema schema, RecordBatch batch) {
        String header = schema.field(Payload.COLUMN).metadata().getOrDefault(Payload.HEADER, "");
        return batch.withOrigin(new Origin() {
            @Override
            public String partition(int row) {
                return "";
            }

            @Override
            public String position(int row) {
                return "";
            }

            @Override
            public Map<String, String> attributes() {
                return Map.of(Payload.HEADER, header);
            }
        });
    }

    /** Values as text, in which -0.0 and NaN are what they are. */
    private static String text(@Nullable Object value) {
        if (value instanceof float[] vector) {
            return Arrays.toString(vector);
        }
        if (value instanceof Row row) {
            return row.values().stream().map(RoundTripTest::text).toList().toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RoundTripTest::text).toList().toString();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
                    .toList()
                    .toString();
        }
        return String.valueOf(value);
    }
}
