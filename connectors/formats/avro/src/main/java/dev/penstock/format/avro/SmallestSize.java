package dev.penstock.format.avro;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.avro.Schema;

/** How many bytes a value of a schema takes at least: what a claimed number of elements is compared with. */
final class SmallestSize {
    private static final int ENOUGH = 1 << 10;

    private SmallestSize() {}

    static int of(Schema schema) {
        return of(schema, new ArrayDeque<>());
    }

    private static int of(Schema schema, Deque<String> within) {
        return switch (schema.getType()) {
            case NULL -> 0;
            case BOOLEAN, INT, LONG, ENUM, STRING, BYTES, ARRAY, MAP, UNION -> 1;
            case FLOAT -> Float.BYTES;
            case DOUBLE -> Double.BYTES;
            case FIXED -> schema.getFixedSize();
            case RECORD -> record(schema, within);
        };
    }

    private static int record(Schema schema, Deque<String> within) {
        if (within.contains(schema.getFullName())) {
            return 0;
        }
        within.push(schema.getFullName());
        int size = 0;
        for (Schema.Field field : schema.getFields()) {
            size = Math.min(ENOUGH, size + Math.min(ENOUGH, of(field.schema(), within)));
        }
        within.pop();
        return size;
    }
}
