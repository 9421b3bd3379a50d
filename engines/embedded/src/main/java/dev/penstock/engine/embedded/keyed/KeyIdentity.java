package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.Key;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What keys are found by in memory. Where all inputs are keyed by one column of objects, that is the object itself,
 * whose bytes are made only for the store; elsewhere it is the bytes.
 */
enum KeyIdentity {
    OBJECTS,
    BYTES;

    /** Stands for null among objects. */
    private static final Object NULL = new Object();

    /** The shift that leaves of a product the bits which depend on most of the factor. */
    private static final int BEST_BITS = 15;

    private static final int FIRST_MIX = 0x2C1B3C6D;
    private static final long OBJECT_HEADER = 16;
    private static final long TEXT_HEADERS = 40;

    /** How the keys of inputs with {@code schemas}, keyed by {@code columns}, are found. */
    static KeyIdentity of(List<Schema> schemas, List<List<String>> columns) {
        for (int input = 0; input < schemas.size(); input++) {
            List<String> names = columns.get(input);
            if (names.size() != 1 || schemas.get(input).field(names.get(0)).type() != DataType.OBJECT) {
                return BYTES;
            }
        }
        return schemas.isEmpty() ? BYTES : OBJECTS;
    }

    /** What a value of a column of objects is found by. */
    static Object ofValue(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }

    /** What a key that was read from the store is found by. */
    Object ofBytes(byte[] key) {
        return this == BYTES ? key : ofValue(Key.of(key).values()[0]);
    }

    /** The key that {@code id} stands for. */
    static Key key(Object id) {
        if (id instanceof byte[] bytes) {
            return Key.of(bytes);
        }
        return Key.ofValue(value(id));
    }

    /** What {@link #ofValue} was given, or its equal. */
    static @Nullable Object value(Object id) {
        return id == NULL ? null : id;
    }

    /** The bytes of the key that {@code id} stands for. */
    static byte[] bytes(Object id) {
        return id instanceof byte[] bytes ? bytes : key(id).bytes();
    }

    /** Where in a table an object lies: all bits depend on all of its hash. */
    static int slot(Object id) {
        return slot(id.hashCode());
    }

    /** As {@link #slot(Object)}, of bytes with the hash {@code hash}, of which the highest bits are much alike. */
    static int slot(long hash) {
        return slot((int) hash);
    }

    private static int slot(int hash) {
        int mixed = (hash ^ hash >>> BEST_BITS) * FIRST_MIX;
        return mixed ^ mixed >>> BEST_BITS;
    }

    /** The memory that {@code id} takes, roughly. */
    static long sizeInBytes(Object id) {
        if (id instanceof byte[] bytes) {
            return OBJECT_HEADER + bytes.length;
        }
        return id instanceof String text ? TEXT_HEADERS + text.length() : OBJECT_HEADER + Long.BYTES;
    }
}
