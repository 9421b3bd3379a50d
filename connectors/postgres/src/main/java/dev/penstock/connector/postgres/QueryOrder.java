package dev.penstock.connector.postgres;

import dev.penstock.spi.data.DataType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * What rows are ordered by: a cursor, and the columns that tell rows apart whose cursor is the same.
 *
 * @param names of the columns, the first one first
 * @param types of the columns
 * @param nullable the names of those that may be null
 */
record QueryOrder(List<String> names, List<PostgresType> types, List<String> nullable) {
    private static final String XID8 = "xid8";
    private static final int INT8 = 20;
    private static final int INT2 = 21;
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int VARCHAR = 1043;
    private static final int TIMESTAMP = 1114;
    private static final int TIMESTAMP_WITH_ZONE = 1184;
    private static final int UUID_TYPE = 2950;
    private static final long MICROS = 1_000_000;
    /** From 1970 to 2000, where the server's time begins. */
    private static final long EPOCH_SECONDS = 946_684_800;

    QueryOrder {
        names = List.copyOf(names);
        types = List.copyOf(types);
        nullable = List.copyOf(nullable);
    }

    /** What grows along an order. */
    enum Growth {
        /** The time at which a row was changed, by a clock. */
        TIME,
        /** The number of the transaction that has changed a row. */
        TRANSACTION,
        /** The columns together, as they are. */
        VALUES
    }

    Growth growth() {
        DataType first = types.get(0).dataType();
        if (first == DataType.DATE || first instanceof DataType.Timestamp) {
            return Growth.TIME;
        }
        return types.get(0).name().equals(XID8) ? Growth.TRANSACTION : Growth.VALUES;
    }

    int size() {
        return names.size();
    }

    /** Whether the text of column {@code index} can be told from its binary form; if not, a query must ask for text. */
    boolean isBinary(int index) {
        return switch (types.get(index).oid()) {
            case INT2, INT4, INT8, TEXT, VARCHAR, TIMESTAMP, TIMESTAMP_WITH_ZONE, UUID_TYPE -> true;
            default -> false;
        };
    }

    /** The text of a value, as SQL takes it, in the form that was asked for. */
    String text(int index, ByteBuffer value) {
        return switch (isBinary(index) ? types.get(index).oid() : TEXT) {
            case INT2 -> String.valueOf(value.getShort());
            case INT4 -> String.valueOf(value.getInt());
            case INT8 -> String.valueOf(value.getLong());
            case UUID_TYPE -> new UUID(value.getLong(), value.getLong()).toString();
            case TIMESTAMP -> time(value.getLong(), "");
            case TIMESTAMP_WITH_ZONE -> time(value.getLong(), "+00");
            default -> StandardCharsets.UTF_8.decode(value).toString();
        };
    }

    /** As the server writes it, without zeros at the end: places are compared by their text. */
    private static String time(long micros, String zone) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? "infinity" : "-infinity";
        }
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(EPOCH_SECONDS + Math.floorDiv(micros, MICROS), 0, ZoneOffset.UTC);
        boolean isBeforeChrist = time.getYear() <= 0;
        int year = isBeforeChrist ? 1 - time.getYear() : time.getYear();
        long fraction = Math.floorMod(micros, MICROS);
        return String.format(
                        Locale.ROOT,
                        "%04d-%02d-%02d %02d:%02d:%02d",
                        year,
                        time.getMonthValue(),
                        time.getDayOfMonth(),
                        time.getHour(),
                        time.getMinute(),
                        time.getSecond())
                + (fraction == 0
                        ? ""
                        : String.format(Locale.ROOT, ".%06d", fraction).replaceAll("0+$", ""))
                + zone
                + (isBeforeChrist ? " BC" : "");
    }
}
