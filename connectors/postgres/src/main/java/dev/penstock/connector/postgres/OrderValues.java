package dev.penstock.connector.postgres;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The places of rows in their order, one behind the other, in the form in which they were read. */
final class OrderValues {
    private byte[] bytes = new byte[1024];
    private int[] ends = new int[64];
    private int count;

    /** Adds the values of a row, each behind its length. */
    void add(byte[] row, int from, int to) {
        int start = start(count);
        int end = start + to - from;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        System.arraycopy(row, from, bytes, start, to - from);
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = end;
    }

    private int start(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    /** The place of {@code row}, as text. */
    List<String> texts(int row, QueryOrder order) {
        return texts(ByteBuffer.wrap(bytes, start(row), ends[row] - start(row)), order);
    }

    /** The values that {@code from} holds, each behind its length, as text. */
    static List<String> texts(ByteBuffer from, QueryOrder order) {
        List<String> texts = new ArrayList<>(order.size());
        for (int column = 0; column < order.size(); column++) {
            int length = from.getInt();
            texts.add(order.text(column, from.slice(from.position(), length)));
            from.position(from.position() + length);
        }
        return texts;
    }
}
