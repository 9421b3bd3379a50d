package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Payload;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Origin;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnInferenceTest {
    private static Map<String, String> infer(Format format, String header, String... records) {
        ColumnInference inference = new ColumnInference(new DecodeOptions(format, CsvOptions.DEFAULT, false));
        BatchBuilder builder = new BatchBuilder(Schema.of(Payload.FIELD));
        for (String record : records) {
            builder.append(Bytes.copyOf(record.getBytes(UTF_8)));
        }
        RecordBatch batch = builder.build();
        inference.observe(header.isEmpty() ? batch : batch.withOrigin(new Header(header)));
        return inference.columns();
    }

    private record Header(String line) implements Origin {
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
            return Map.of(Payload.HEADER, line);
        }
    }

    @Test
    void findsTheTypesOfJsonFields() {
        assertThat(infer(
                        Format.NDJSON,
                        "",
                        "{\"i\":1,\"f\":1,\"b\":true,\"s\":\"x\",\"n\":null,\"o\":{},\"m\":1,\"big\":9223372036854775808}",
                        "not json",
                        "{\"f\":1.5,\"m\":\"x\",\"late\":\"2026-01-01\"}"))
                .containsExactly(
                        Map.entry("i", "int64"),
                        Map.entry("f", "float64"),
                        Map.entry("b", "boolean"),
                        Map.entry("s", "string"),
                        Map.entry("n", "json"),
                        Map.entry("o", "json"),
                        Map.entry("m", "json"),
                        Map.entry("big", "json"),
                        Map.entry("late", "string"));
    }

    @Test
    void findsTheTypesOfCsvFields() {
        assertThat(infer(
                        Format.CSV,
                        "id,zip,price,ok,mixed,none",
                        "1,01234,2,true,1,",
                        "2,99999,2.5,false,x,",
                        "too,few"))
                .containsExactly(
                        Map.entry("id", "int64"),
                        Map.entry("zip", "string"),
                        Map.entry("price", "float64"),
                        Map.entry("ok", "boolean"),
                        Map.entry("mixed", "string"),
                        Map.entry("none", "string"));
    }

    @Test
    void takesTheColumnsOfAnEmptyCsvFileFromItsHeader() {
        assertThat(infer(Format.CSV, "a,\"b c\""))
                .containsExactly(Map.entry("a", "string"), Map.entry("b c", "string"));
    }
}
