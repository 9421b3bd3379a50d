package dev.penstock.format.avro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Schemas and values that one number decides. */
final class RandomAvro {
    private static final String[] TEXTS = {
        "", "a", "plain text", "\u00fcml\u00e4ut", "\u65e5\u672c", "\ud83d\ude00", "\"\\\n\u0001"
    };

    private final Random random;
    private int names;

    RandomAvro(long seed) {
        this.random = new Random(seed);
    }

    /** A record of some fields. */
    Schema record(int depth) {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("r" + names++).namespace("random").fields();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            fields = fields.name("f" + i).type(schema(depth)).noDefault();
        }
        return fields.endRecord();
    }

    private Schema schema(int depth) {
        int kind = random.nextInt(depth > 0 ? 21 : 15);
        return switch (kind) {
            case 0 -> Schema.create(Schema.Type.BOOLEAN);
            case 1 -> Schema.create(Schema.Type.INT);
            case 2 -> Schema.create(Schema.Type.LONG);
            case 3 -> Schema.create(Schema.Type.FLOAT);
            case 4 -> Schema.create(Schema.Type.DOUBLE);
            case 5 -> Schema.create(Schema.Type.STRING);
            case 6 -> Schema.create(Schema.Type.BYTES);
            case 7 -> Schema.createFixed("x" + names++, "", "random", random.nextInt(5));
            case 8 -> Schema.createEnum("e" + names++, "", "random", List.of("A", "BB", "CCC"));
            case 9 -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case 10 -> LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT));
            case 11 -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case 12 -> LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case 13 -> LogicalTypes.decimal(5 + random.nextInt(30), 2).addToSchema(Schema.create(Schema.Type.BYTES));
            case 14 -> LogicalTypes.timestampNanos().addToSchema(Schema.create(Schema.Type.LONG));
            case 15 -> Schema.createArray(schema(depth - 1));
            case 16 -> Schema.createMap(schema(depth - 1));
            case 17 -> record(depth - 1);
            case 18 -> several();
            default -> nullable(schema(depth - 1));
        };
    }

    private Schema nullable(Schema schema) {
        if (schema.getType() == Schema.Type.UNION) {
            return schema;
        }
        Schema none = Schema.create(Schema.Type.NULL);
        return random.nextBoolean() ? Schema.createUnion(none, schema) : Schema.createUnion(schema, none);
    }

    private Schema several() {
        List<Schema> branches = new ArrayList<>(List.of(
                Schema.create(Schema.Type.NULL),
                Schema.create(Schema.Type.LONG),
                Schema.create(Schema.Type.STRING),
                Schema.create(Schema.Type.BOOLEAN)));
        Collections.shuffle(branches, random);
        return Schema.createUnion(branches);
    }

    /** A value of {@code schema}. */
    @Nullable Object value(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.TimeMillis) {
            return random.nextInt(86_400_000);
        }
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            long most = (long) Math.pow(10, Math.min(18, decimal.getPrecision()) - 1);
            return ByteBuffer.wrap(
                    java.math.BigInteger.valueOf(random.nextLong() % most).toByteArray());
        }
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> schema.getLogicalType() == null ? number() : random.nextInt(100_000) - 50_000;
            case LONG -> schema.getLogicalType() == null ? whole() : random.nextLong() >> 22;
            case FLOAT -> random.nextFloat() * 1000 - 500;
            case DOUBLE -> random.nextGaussian() * 1e6;
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(20)));
            case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
            case ARRAY -> array(schema);
            case MAP -> map(schema);
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case RECORD -> record(schema);
        };
    }

    private int number() {
        return random.nextInt() >> random.nextInt(32);
    }

    private long whole() {
        return random.nextLong() >> random.nextInt(64);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<@Nullable Object> array(Schema schema) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value(schema.getElementType()));
        }
        return values;
    }

    private Map<String, @Nullable Object> map(Schema schema) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.put("k" + i, value(schema.getValueType()));
        }
        return values;
    }

    private GenericData.Record record(Schema schema) {
        GenericData.Record record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
        return record;
    }

    /** Another version of {@code writer}: fields gone, fields added with a default, in another order, some wider. */
    Schema evolved(Schema writer) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : writer.getFields()) {
            if (random.nextInt(5) > 0) {
                fields.add(new Schema.Field(field.name(), wider(field.schema()), null, (Object) null));
            }
        }
        Schema text = Schema.create(Schema.Type.STRING);
        Schema many = Schema.createArray(Schema.create(Schema.Type.INT));
        fields.add(new Schema.Field("added", text, null, "d\u00e9faut"));
        fields.add(new Schema.Field("list", many, null, List.of(1, 2, 3)));
        fields.add(new Schema.Field(
                "none",
                nullable(text).getTypes().get(0).getType() == Schema.Type.NULL
                        ? Schema.createUnion(Schema.create(Schema.Type.NULL), text)
                        : Schema.createUnion(Schema.create(Schema.Type.NULL), many),
                null,
                Schema.Field.NULL_DEFAULT_VALUE));
        Collections.shuffle(fields, random);
        return Schema.createRecord(writer.getName(), "", writer.getNamespace(), false, fields);
    }

    private Schema wider(Schema schema) {
        return switch (schema.getType()) {
            case INT ->
                schema.getLogicalType() == null && random.nextBoolean() ? Schema.create(Schema.Type.LONG) : schema;
            case LONG, FLOAT ->
                schema.getLogicalType() == null && random.nextBoolean() ? Schema.create(Schema.Type.DOUBLE) : schema;
            default -> schema;
        };
    }
}
