package dev.penstock.connector.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * How keys of a table are told apart and written down: the bytes of each column behind their length, as the stream and
 * COPY have them alike.
 */
final class KeyForm {
    private static final int INT8 = 20;
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int VARCHAR = 1043;
    private static final int UUID_TYPE = 2950;

    private final ChangedTable table;
    private final int[] columns;
    private final List<PostgresType> types;
    private final boolean binary;

    KeyForm(ChangedTable table) {
        this.table = table;
        this.columns = table.keyColumns();
        this.types = new ArrayList<>();
        for (int column : columns) {
            types.add(table.types().get(column));
        }
        this.binary = table.hasBinary();
    }

    /** Whether it is of a table that looks like {@code other}. */
    boolean isOf(ChangedTable other) {
        return table.looksLike(other.relation());
    }

    /** Where the columns are in the table. */
    int[] columns() {
        return columns;
    }

    /** The types of the columns. */
    List<PostgresType> types() {
        return types;
    }

    /** Whether the text of each column can be told from its bytes; if not, a query must ask for it too. */
    boolean knowsText() {
        return !binary || types.stream().allMatch(type -> isSimple(type.oid()));
    }

    private static boolean isSimple(int oid) {
        return oid == INT2 || oid == INT4 || oid == INT8 || oid == TEXT || oid == VARCHAR || oid == UUID_TYPE;
    }

    /** The key of {@code row}, copied. */
    ByteBuffer of(ReplicationTuple row) {
        int size = 0;
        for (int column : columns) {
            size += Integer.BYTES + row.length(column);
        }
        ByteBuffer key = ByteBuffer.allocate(size);
        for (int column : columns) {
            key.putInt(row.length(column)).put(row.bytes(), row.start(column), row.length(column));
        }
        return key.flip();
    }

    /** The texts of the columns of the key of {@code row} among {@code keys}, as SQL takes them. */
    List<String> texts(SnapshotChunk.Keys keys, int row) {
        ByteBuffer from = keys.key(row);
        List<String> texts = new ArrayList<>(columns.length);
        for (PostgresType type : types) {
            int length = from.getInt();
            ByteBuffer value = from.slice(from.position(), length);
            texts.add(binary && knowsText() ? text(type.oid(), value) : utf8(value));
            from.position(from.position() + length);
        }
        return texts;
    }

    private static String text(int oid, ByteBuffer value) {
        return switch (oid) {
            case INT2 -> String.valueOf(value.getShort());
            case INT4 -> String.valueOf(value.getInt());
            case INT8 -> String.valueOf(value.getLong());
            case UUID_TYPE -> new UUID(value.getLong(), value.getLong()).toString();
            default -> utf8(value);
        };
    }

    private static String utf8(ByteBuffer value) {
        return StandardCharsets.UTF_8.decode(value).toString();
    }
}
