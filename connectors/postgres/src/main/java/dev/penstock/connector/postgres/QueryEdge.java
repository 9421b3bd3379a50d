package dev.penstock.connector.postgres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A place between rows, in the order in which a query is read.
 *
 * @param values of the columns of the order as text, of all of them or of the first ones; empty at the beginning
 * @param after whether rows with these values are before the place, rather than behind it
 */
record QueryEdge(List<String> values, boolean after) {
    /** Before the first row. */
    static final QueryEdge BEGINNING = new QueryEdge(List.of(), true);

    private static final int MAX_SHOWN = 100;

    QueryEdge {
        values = List.copyOf(values);
    }

    /** Behind the rows with {@code values}. */
    static QueryEdge after(List<String> values) {
        return new QueryEdge(values, true);
    }

    /** Before the first row with {@code value} in the first column of the order. */
    static QueryEdge before(String value) {
        return new QueryEdge(List.of(value), false);
    }

    boolean isBeginning() {
        return values.isEmpty();
    }

    void write(DataOutputStream out) throws IOException {
        out.writeBoolean(after);
        out.writeShort(values.size());
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    static QueryEdge read(DataInputStream in) throws IOException {
        boolean after = in.readBoolean();
        int count = in.readUnsignedShort();
        List<String> values = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int length = in.readInt();
            byte[] bytes = in.readNBytes(Math.max(0, length));
            if (bytes.length != length) {
                throw new IOException("it ends within a value");
            }
            values.add(new String(bytes, StandardCharsets.UTF_8));
        }
        return new QueryEdge(values, after);
    }

    /** The place, for people. */
    String shown() {
        if (isBeginning()) {
            return "the beginning";
        }
        String text = String.join(", ", values);
        String shortened = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
        return (after ? "after (" : "before (") + shortened + ")";
    }
}
