package dev.penstock.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.format.BadRecordException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a record claims is not believed. */
class HostileInputTest {
    private static final String NODE =
            "{'type':'record','name':'Node','fields':[{'name':'next','type':['null','Node']}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'string'                            | 04 61            | ends early",
                "'string'                            | 01               | has a negative length",
                "'string'                            | feffffffffffffffff01 | ends early",
                "'string'                            | 02 ff            | is not UTF-8",
                "'long'                              | ffffffffffffffffffff01 | has a number of more than 64 bits",
                "'int'                               | feffffffffff01   | expected a number from -2147483648 to 2147483647, found another",
                "'boolean'                           | 02               | has a boolean that is neither 0 nor 1",
                "['null','string']                   | 06               | names a branch that its schema does not have",
                "{'type':'enum','name':'E','symbols':['A']} | 02        | names a symbol that its schema does not have",
                "{'type':'array','items':'long'}     | feffffff0f       | ends early",
                "{'type':'array','items':'long'}     | ffffffffffffffffff01 | has a negative length",
                "{'type':'array','items':'null'}     | feffffff0f       | has more than 65536 elements without a byte",
                "{'type':'map','values':'long'}      | feffffff0f       | ends early",
                "{'type':'map','values':'long'}      | 04 02 61 02 02 61 02 00 | a key twice in one map",
                "{'type':'fixed','name':'F','size':9} | 00              | ends early",
                "'long'                              | 02 02            | has 1 bytes behind its end"
            })
    void refusesTheRecord(String schema, String bytes, String reason) {
        assertThatThrownBy(() -> read(schema, bytes))
                .isInstanceOf(BadRecordException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesARecordThatIsNestedTooDeep() {
        byte[] deep = new byte[1_000_000];
        Arrays.fill(deep, (byte) 2);
        Reading reading = new Reading(NODE, DataType.JSON);

        assertThatThrownBy(() -> reading.records.read(deep, 0, deep.length))
                .isInstanceOf(BadRecordException.class)
                .hasMessageContaining("nested more than 500 levels deep");
    }

    @Test
    void readsARecordThatContainsItselfAsJson() {
        Reading reading = new Reading(NODE, DataType.JSON);

        reading.records.read(new byte[] {2, 2, 0}, 0, 3);
        reading.rows.endRow();

        assertThat(reading.rows.build().row(0).get(0)).isEqualTo("{\"next\":{\"next\":null}}");
    }

    @Test
    void saysWhyARecordThatContainsItselfHasNoColumns() {
        assertThatThrownBy(() -> AvroColumns.of(schema(NODE)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("record 'Node' contains itself")
                .hasMessageContaining("declare columns, with the field that repeats as json or left out");
    }

    private static Schema schema(String text) {
        return new Schema.Parser().parse(text.replace('\'', '"'));
    }

    private static void read(String type, String hexadecimal) {
        byte[] bytes = HexFormat.of().parseHex(hexadecimal.replace(" ", ""));
        String record = "{'type':'record','name':'R','fields':[{'name':'value','type':" + type + "}]}";
        DataType column = AvroColumns.of(schema(record)).get(0).type();
        new Reading(record, column).records.read(bytes, 0, bytes.length);
    }

    /** A record of one field, into one column. */
    private static final class Reading {
        private final BatchBuilder rows;
        private final AvroRecords records;

        Reading(String text, DataType type) {
            Schema schema = schema(text);
            List<Field> fields = List.of(Field.of(schema.getFields().get(0).name(), type));
            rows = new BatchBuilder(new dev.penstock.spi.data.Schema(fields));
            records = AvroRecords.of(schema, Optional.empty(), fields, List.of(rows.column(0)));
        }
    }
}
