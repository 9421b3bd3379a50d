package dev.penstock.dataflow.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Transform;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rename, drop and flatten. */
class ColumnStepsTest {
    private static final DataType.Struct INNER = DataType.struct(Field.required("z", DataType.INT64));
    private static final DataType.Struct OUTER = DataType.struct(Field.of("x", DataType.STRING), Field.of("in", INNER));
    private static final Schema SCHEMA = new Schema(
            List.of(Field.required("id", DataType.INT64), Field.of("out", OUTER), Field.of("tail", DataType.INT64)),
            List.of("id"));

    private static RecordBatch rows() {
        return new BatchBuilder(SCHEMA)
                .append(1L, Row.of(OUTER.schema(), "a", Row.of(INNER.schema(), 5L)), 9L)
                .append(2L, null, 9L)
                .append(3L, Row.of(OUTER.schema(), null, null), 9L)
                .build();
    }

    @Test
    void swapsNamesAndRenamesTheKey() {
        Transform rename = Steps.step(new RenameConnector(), Map.of("id", "tail", "tail", "id"));
        RecordBatch renamed = rename.apply(rows()).rows();
        assertThat(renamed.schema().names()).containsExactly("tail", "out", "id");
        assertThat(renamed.schema().key()).containsExactly("tail");
        assertThat(renamed.row(0).get("id")).isEqualTo(9L);
    }

    @Test
    void refusesToGiveTwoColumnsOneName() {
        assertThatThrownBy(() -> Steps.step(new RenameConnector(), Map.of("id", "tail", "ot", "x"))
                        .output(SCHEMA))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'ot' is not a column; did you mean 'out'?")
                .hasMessageContaining("two columns would be named 'tail'");
    }

    @Test
    void dropsColumnsAndRefusesToDropUnknownOnesOrAll() {
        assertThat(Steps.step(new DropConnector(), List.of("id", "out"))
                        .apply(rows())
                        .rows()
                        .schema()
                        .names())
                .containsExactly("tail");
        assertThatThrownBy(() -> Steps.step(new DropConnector(), List.of("id", "out", "tail", "tial"))
                        .output(SCHEMA))
                .hasMessageContaining("'tial' is not a column; did you mean 'tail'?")
                .hasMessageContaining("leaves no column");
    }

    @Test
    void putsFieldsOfStructsInTheirPlace() {
        RecordBatch flat =
                Steps.step(new FlattenConnector(), Map.of()).apply(rows()).rows();
        assertThat(flat.schema().names()).containsExactly("id", "out_x", "out_in_z", "tail");
        assertThat(flat.schema().field("out_in_z").nullable()).isTrue();
        assertThat(flat.toRows())
                .extracting(Row::values)
                .containsExactly(
                        List.of(1L, "a", 5L, 9L), Arrays.asList(2L, null, null, 9L), Arrays.asList(3L, null, null, 9L));
    }

    @Test
    void flattensAsDeepAsAskedWithTheSeparatorAsked() {
        Transform flatten = Steps.step(new FlattenConnector(), Map.of("fields", "out", "separator", ".", "depth", 1));
        assertThat(flatten.output(SCHEMA).names()).containsExactly("id", "out.x", "out.in", "tail");
        assertThatThrownBy(() -> Steps.step(new FlattenConnector(), Map.of("fields", "id"))
                        .output(SCHEMA))
                .hasMessageContaining("'id' holds int64, not a struct");
    }
}
