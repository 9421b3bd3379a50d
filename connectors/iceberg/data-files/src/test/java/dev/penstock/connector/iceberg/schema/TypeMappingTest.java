package dev.penstock.connector.iceberg.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.connector.iceberg.parquet.RandomRows;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns of rows become columns of tables and come back as what they were, or as the one type that holds them all. */
class TypeMappingTest {
    private final TypeMapping mapping = new TypeMapping();

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void comesBackAsTheTypeThatHoldsIt(long seed) {
        Schema columns = new RandomRows(seed).schema(10);
        org.apache.iceberg.Schema table = mapping.table(columns);
        Schema held = RowTypes.columns(table);
        assertThat(held.fields())
                .isEqualTo(columns.fields().stream().map(TypeMappingTest::held).toList());
        assertThat(TypeUtil.indexNameById(mapping.table(held).asStruct()))
                .isEqualTo(TypeUtil.indexNameById(table.asStruct()));
        columns.fields()
                .forEach(field -> assertThat(mapping.fits(field.type(), table.findType(field.name())))
                        .isTrue());
    }

    private static Field held(Field field) {
        return new Field(field.name(), held(field.type()), field.nullable(), Map.of());
    }

    private static DataType held(DataType type) {
        if (List.of(DataType.INT8, DataType.INT16).contains(type)) {
            return DataType.INT32;
        } else if (type == DataType.JSON) {
            return DataType.STRING;
        } else if (type instanceof DataType.FixedList vector) {
            return DataType.listOf(vector.element());
        } else if (type instanceof DataType.ListOf list) {
            return DataType.listOf(held(list.element()));
        } else if (type instanceof DataType.MapOf map) {
            return DataType.mapOf(held(map.key()), held(map.value()));
        } else if (type instanceof DataType.Struct struct) {
            return new DataType.Struct(
                    struct.fields().stream().map(TypeMappingTest::held).toList());
        }
        return type;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesEachColumnAnIdOfItsOwn(long seed) {
        org.apache.iceberg.Schema table = mapping.table(new RandomRows(seed).schema(10));
        int columns = TypeUtil.indexNameById(table.asStruct()).size();
        assertThat(TypeUtil.indexById(table.asStruct())).hasSize(columns);
        assertThat(SchemaParser.fromJson(SchemaParser.toJson(table)).sameSchema(table))
                .isTrue();
    }

    @Test
    void namesTheColumnThatNoTableHolds() {
        Schema columns = Schema.of(Field.of("id", DataType.INT64), Field.of("much", DataType.decimal(40, 2)));
        assertThatThrownBy(() -> mapping.table(columns))
                .hasMessage("Cannot make a column 'much' of a table: none holds decimal(40,2);"
                        + " a decimal has at most 38 digits; convert it to fewer, or to string");
        assertThat(mapping.type(DataType.OBJECT)).isEmpty();
    }

    @Test
    void namesTheColumnThatRowsCannotHold() {
        org.apache.iceberg.Schema table = new org.apache.iceberg.Schema(
                Types.NestedField.required(1, "id", Types.LongType.get()),
                Types.NestedField.optional(2, "any", Types.VariantType.get()));
        assertThatThrownBy(() -> RowTypes.columns(table))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot read column 'any': no column of rows holds variant");
    }

    @Test
    void keyColumnsAreRequiredAndIdentifyRows() {
        Schema columns = Schema.of(Field.of("id", DataType.INT64), Field.of("note", DataType.STRING))
                .withKey(List.of("id"));
        org.apache.iceberg.Schema table = mapping.table(columns);
        assertThat(table.identifierFieldNames()).containsExactly("id");
        assertThat(table.findField("id").isRequired()).isTrue();
        assertThat(RowTypes.columns(table).key()).containsExactly("id");
    }

    @Test
    void letsNumbersIntoWiderColumnsAlone() {
        assertThat(mapping.fits(DataType.INT32, Types.LongType.get())).isTrue();
        assertThat(mapping.fits(DataType.INT64, Types.IntegerType.get())).isFalse();
        assertThat(mapping.fits(DataType.FLOAT32, Types.DoubleType.get())).isTrue();
        assertThat(mapping.fits(DataType.FLOAT64, Types.FloatType.get())).isFalse();
        assertThat(mapping.fits(DataType.decimal(9, 2), Types.DecimalType.of(20, 2)))
                .isTrue();
        assertThat(mapping.fits(DataType.decimal(9, 2), Types.DecimalType.of(20, 3)))
                .isFalse();
        assertThat(mapping.fits(DataType.TIMESTAMP, Types.TimestampType.withoutZone()))
                .isFalse();
    }
}
