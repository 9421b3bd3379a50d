package dev.penstock.connector.iceberg.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.connector.iceberg.reading.FileColumns;
import dev.penstock.connector.iceberg.reading.ParquetRows;
import dev.penstock.spi.DataException;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

/** Files are read by ids of columns, whatever became of names, types and order since they were written. */
class EvolvedColumnsTest {
    private static final dev.penstock.spi.data.Schema COLUMNS = dev.penstock.spi.data.Schema.of(
            Field.required("id", DataType.INT32),
            Field.of("ratio", DataType.FLOAT32),
            Field.of("price", DataType.decimal(9, 2)),
            Field.of("name", DataType.STRING),
            Field.of(
                    "place",
                    DataType.struct(
                            Field.of("x", DataType.INT32), Field.of("tags", DataType.listOf(DataType.STRING)))));
    private static final Schema WRITTEN = DataFileWriting.table(COLUMNS);

    private static DataFile file() {
        BatchBuilder rows = new BatchBuilder(COLUMNS);
        DataType.Struct place = (DataType.Struct) COLUMNS.field(4).type();
        rows.append(1, 0.5f, new BigDecimal("1.25"), "a", Row.of(place.schema(), 7, List.of("t")));
        rows.append(-2, null, new BigDecimal("-0.01"), null, null);
        rows.append(3, -1f, null, "", Row.of(place.schema(), null, null));
        return DataFileWriting.write(WRITTEN, Map.of(), List.of(rows.build()));
    }

    private static List<Object> column(NestedField column) {
        try (ParquetRows rows = ParquetRows.open(DataFileWriting.file(file()), FileColumns.of(new Schema(column)))) {
            RecordBatch batch = rows.read(10).orElseThrow();
            Object[] values = new Object[batch.rowCount()];
            for (int row = 0; row < values.length; row++) {
                values[row] = batch.column(0).value(row);
            }
            return Arrays.asList(values);
        }
    }

    private static int id(String column) {
        return WRITTEN.findField(column).fieldId();
    }

    @Test
    void widensNumbers() {
        assertThat(column(NestedField.required(id("id"), "number", Types.LongType.get())))
                .isEqualTo(List.of(1L, -2L, 3L));
        assertThat(column(NestedField.optional(id("ratio"), "ratio", Types.DoubleType.get())))
                .isEqualTo(Arrays.asList(0.5, null, -1.0));
        for (int digits : List.of(12, 30)) {
            assertThat(column(NestedField.optional(id("price"), "price", Types.DecimalType.of(digits, 2))))
                    .isEqualTo(Arrays.asList(new BigDecimal("1.25"), new BigDecimal("-0.01"), null));
        }
    }

    @Test
    void knowsColumnsByTheirIds() {
        assertThat(column(NestedField.optional(id("name"), "called", Types.StringType.get())))
                .isEqualTo(Arrays.asList("a", null, ""));
        assertThat(column(NestedField.optional(99, "name", Types.StringType.get())))
                .isEqualTo(Arrays.asList(null, null, null));
    }

    @Test
    void takesDefaultsForWhatTheFileLacks() {
        NestedField added = NestedField.required("added")
                .withId(99)
                .ofType(Types.LongType.get())
                .withInitialDefault(Literal.of(8L))
                .build();
        assertThat(column(added)).isEqualTo(List.of(8L, 8L, 8L));
    }

    @Test
    void takesValuesOfThePartitionForWhatTheFileLacks() {
        Schema wanted = new Schema(NestedField.optional(99, "day", Types.DateType.get()));
        FileColumns columns = new FileColumns(wanted, Map.of(99, 10), Optional.empty());
        try (ParquetRows rows = ParquetRows.open(DataFileWriting.file(file()), columns)) {
            assertThat(rows.read(10).orElseThrow().column(0).value(2)).isEqualTo(java.time.LocalDate.of(1970, 1, 11));
        }
    }

    @Test
    void findsFieldsOfStructsThatWereAddedAndDropped() {
        NestedField x = NestedField.optional(id("place.x"), "east", Types.LongType.get());
        NestedField y = NestedField.optional(99, "north", Types.LongType.get());
        List<Object> both = column(NestedField.optional(id("place"), "place", Types.StructType.of(y, x)));
        assertThat(both.get(0)).hasToString("INSERT{north=null, east=7}");
        assertThat(both.get(1)).isNull();
        List<Object> added = column(NestedField.optional(id("place"), "place", Types.StructType.of(y)));
        assertThat(added.get(0)).isNotNull();
        assertThat(added.get(1)).isNull();
        assertThat(added.get(2)).isNotNull();
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> column(NestedField.optional(id("name"), "name", Types.LongType.get())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column 'name' is long in the table, and 'optional binary name (STRING) = 4' in");
        assertThatThrownBy(() -> column(NestedField.required(99, "added", Types.LongType.get())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the table requires column 'added', and the file lacks it");
    }
}
