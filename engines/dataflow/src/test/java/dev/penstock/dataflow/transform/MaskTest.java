package dev.penstock.dataflow.transform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Role;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class MaskTest {
    private static final DataType.Struct STRUCT = DataType.struct(Field.of("street", DataType.STRING));
    private static final Schema SCHEMA =
            Schema.of(Field.of("s", DataType.STRING), Field.of("at", STRUCT), Field.of("n", DataType.INT64));

    private static List<Row> mask(Map<String, Object> settings, String... values) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (String value : values) {
            builder.append(value, Row.of(STRUCT.schema(), value), 1L);
        }
        builder.append(null, null, null);
        RecordBatch batch = builder.build();
        return Steps.step(new MaskConnector(), settings).apply(batch).rows().toRows();
    }

    @Test
    void hashesAsAnyOtherHmacSha256Does() throws Exception {
        Random random = new Random(3);
        for (int keyLength : new int[] {1, 63, 64, 65, 200}) {
            String key = "k".repeat(keyLength);
            String value = "v".repeat(random.nextInt(300));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            String expected = HexFormat.of().formatHex(mac.doFinal(value.getBytes(UTF_8)));
            List<Row> rows = mask(Map.of("fields", "s", "method", "hash", "salt", key), value, value);
            assertThat(rows).extracting(row -> row.get("s")).containsExactly(expected, expected, null);
        }
    }

    @Test
    void keepsTheLastCharactersWhole() {
        List<Row> rows = mask(
                Map.of("fields", "s", "method", "partial", "keep", 2), "12345", "日本語", "\uD83D\uDE00é", "", "ab", "a");
        assertThat(rows).extracting(row -> row.get("s")).containsExactly("***45", "*本語", "**", "", "**", "*", null);
    }

    @Test
    void redactsFieldsOfStructsAndLeavesNullsAlone() {
        List<Row> rows = mask(Map.of("fields", "at.street", "method", "redact", "with", "—"), "secret");
        assertThat(rows.get(0).get("at", Row.class).get("street")).isEqualTo("—");
        assertThat(rows.get(0).get("s")).isEqualTo("secret");
        assertThat(rows.get(1).get("at")).isNull();
    }

    @Test
    void refusesUnknownFieldsAndThoseThatCannotBeMasked() {
        assertThatThrownBy(() -> Steps.step(
                                new MaskConnector(),
                                Map.of("fields", List.of("n", "at.stret", "x"), "method", "redact"))
                        .output(SCHEMA))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'n' holds int64, and only string and bytes can be masked")
                .hasMessageContaining("'at.stret' is not a column; did you mean 'street'?")
                .hasMessageContaining("'x' is not a column");
    }

    @Test
    void needsASaltForHashesAndOnlyForThem() {
        var spec = new MaskConnector().descriptor().spec(Role.TRANSFORM).orElseThrow();
        assertThat(spec.parse(Map.of("fields", "s", "method", "hash")).problems())
                .extracting(problem -> problem.path())
                .containsExactly("salt");
        assertThat(spec.parse(Map.of("fields", "s", "method", "redact", "salt", "x"))
                        .config())
                .isEmpty();
        assertThatThrownBy(() -> mask(Map.of("fields", "s", "method", "hash", "salt", "")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("salt: is empty; give a key that nobody can guess");
        assertThatThrownBy(() -> mask(Map.of("fields", "s", "method", "hash", "salt", "secret://env/NOT_SET_ANYWHERE")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'NOT_SET_ANYWHERE' is not set");
    }
}
