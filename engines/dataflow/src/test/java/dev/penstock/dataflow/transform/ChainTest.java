package dev.penstock.dataflow.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The steps of a pipeline one behind the other. */
class ChainTest {
    @Test
    void decodesFiltersMasksAndEncodesAgain() {
        RecordBatch batch = Steps.records(
                "{\"id\":1,\"name\":\"Ada\",\"price\":9.5}",
                "{\"id\":2,\"name\":\"Grace\",\"price\":10.5}",
                "not json",
                "{\"id\":3,\"name\":null,\"price\":12}");
        Transform decode = Steps.step(
                new DecodeConnector(),
                Map.of(
                        "format",
                        "ndjson",
                        "columns",
                        new java.util.TreeMap<>(Map.of("id", "int64", "name", "string", "price", "float64"))));
        Transform filter = Steps.step(new FilterConnector(), "price > 10");
        Transform mask = Steps.step(new MaskConnector(), Map.of("fields", "name", "method", "partial", "keep", 1));
        Transform encode = Steps.step(new EncodeConnector(), Map.of("format", "ndjson"));

        TransformResult decoded = decode.apply(batch);
        TransformResult filtered = filter.apply(decoded.rows());
        RecordBatch encoded = encode.apply(mask.apply(filtered.rows()).rows()).rows();

        assertThat(Steps.texts(encoded))
                .isEqualTo(List.of(
                        "{\"id\":2,\"name\":\"****e\",\"price\":10.5}", "{\"id\":3,\"name\":null,\"price\":12.0}"));
        assertThat(decoded.rejected())
                .singleElement()
                .satisfies(row -> assertThat(row.reason()).isEqualTo("malformed JSON at byte 0: expected a value"));
    }
}
