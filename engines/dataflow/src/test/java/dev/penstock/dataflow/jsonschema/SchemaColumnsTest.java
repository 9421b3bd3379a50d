package dev.penstock.dataflow.jsonschema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.JsonText;
import dev.penstock.dataflow.format.JsonTree;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaColumnsTest {
    @Test
    void makesColumnsOfProperties() {
        assertThat(columns("""
                        {"type": "object", "required": ["id", "maybe"], "properties": {
                          "id": {"type": "integer"},
                          "maybe": {"oneOf": [{"type": "null"}, {"type": "number"}]},
                          "name": {"type": ["string", "null"]},
                          "day": {"type": "string", "format": "date"},
                          "at": {"type": "string", "format": "date-time"},
                          "tags": {"type": "array", "items": {"type": "string"}},
                          "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
                          "inner": {"$ref": "#/definitions/inner"},
                          "either": {"type": ["string", "integer"]},
                          "any": {}},
                         "definitions": {"inner": {"type": "object", "properties": {"ok": {"type": "boolean"}}}}}"""))
                .containsExactly(
                        Field.required("id", DataType.INT64),
                        Field.of("maybe", DataType.FLOAT64),
                        Field.of("name", DataType.STRING),
                        Field.of("day", DataType.DATE),
                        Field.of("at", DataType.TIMESTAMP),
                        Field.of("tags", DataType.listOf(DataType.STRING)),
                        Field.of("counts", DataType.mapOf(DataType.STRING, DataType.INT64)),
                        Field.of("inner", DataType.struct(Field.of("ok", DataType.BOOLEAN))),
                        Field.of("either", DataType.JSON),
                        Field.of("any", DataType.JSON));
    }

    @Test
    void makesJsonOfASchemaThatContainsItself() {
        assertThat(columns("""
                        {"$ref": "#/$defs/node", "$defs": {"node": {"type": "object", "properties": {
                          "value": {"type": "integer"}, "next": {"$ref": "#/$defs/node"}}}}}"""))
                .containsExactly(
                        Field.of("value", DataType.INT64),
                        Field.of(
                                "next",
                                DataType.struct(Field.of("value", DataType.INT64), Field.of("next", DataType.JSON))));
    }

    @Test
    void knowsItsOwnSchemasAgain() {
        List<Field> columns = List.of(
                Field.required("id", DataType.INT64),
                Field.of("name", DataType.STRING),
                Field.of("at", DataType.TIMESTAMP),
                Field.of("key", DataType.UUID),
                Field.of("tags", DataType.listOf(DataType.FLOAT64)),
                Field.of("counts", DataType.mapOf(DataType.STRING, DataType.INT64)),
                Field.of("inner", DataType.struct(Field.required("ok", DataType.BOOLEAN))),
                Field.of("any", DataType.JSON));

        assertThat(columns(JsonText.compact(ColumnsSchema.of("row", columns)))).isEqualTo(columns);
    }

    private static List<Field> columns(String schema) {
        byte[] text = schema.getBytes(UTF_8);
        return SchemaColumns.of((Map<?, ?>) new JsonTree("").read(text, 0, text.length));
    }
}
