package dev.penstock.dataflow.expression;

import com.google.re2j.Pattern;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Functions of strings, on their UTF-8 bytes. */
final class Strings {
    private Strings() {}

    static Vector concat(Vector.Strings left, Vector.Strings right, int size, Buffers out) {
        int total = Math.addExact(left.offsets()[size] - left.offsets()[0], right.offsets()[size] - right.offsets()[0]);
        byte[] data = new byte[total];
        int[] offsets = new int[size + 1];
        int at = 0;
        for (int i = 0; i < size; i++) {
            System.arraycopy(left.data(), left.offsets()[i], data, at, left.length(i));
            at += left.length(i);
            System.arraycopy(right.data(), right.offsets()[i], data, at, right.length(i));
            at += right.length(i);
            offsets[i + 1] = at;
        }
        return new Vector.Strings(data, offsets, Status.strict(left.status(), right.status(), size));
    }

    static Vector.Strings choose(
            boolean[] first, Vector.Strings yes, Vector.Strings no, byte @Nullable [] status, int size) {
        int[] offsets = new int[size + 1];
        for (int i = 0; i < size; i++) {
            offsets[i + 1] = Math.addExact(offsets[i], first[i] ? yes.length(i) : no.length(i));
        }
        byte[] data = new byte[offsets[size]];
        for (int i = 0; i < size; i++) {
            Vector.Strings chosen = first[i] ? yes : no;
            System.arraycopy(chosen.data(), chosen.offsets()[i], data, offsets[i], chosen.length(i));
        }
        return new Vector.Strings(data, offsets, status);
    }

    /** The number of characters, as code points. */
    static Vector length(Vector.Strings operand, int size, Buffers out) {
        long[] results = out.longs(size);
        for (int i = 0; i < size; i++) {
            int count = 0;
            for (int k = operand.offsets()[i]; k < operand.offsets()[i + 1]; k++) {
                count += (operand.data()[k] & 0xC0) == 0x80 ? 0 : 1;
            }
            results[i] = count;
        }
        return new Vector.Longs(results, Status.strict(operand.status(), size));
    }

    static Vector startsWith(Vector.Strings text, Vector.Strings part, int size, Buffers out) {
        boolean[] results = out.booleans(size);
        for (int i = 0; i < size; i++) {
            results[i] = text.length(i) >= part.length(i) && equals(text, text.offsets()[i], part, i);
        }
        return new Vector.Booleans(results, Status.strict(text.status(), part.status(), size));
    }

    static Vector endsWith(Vector.Strings text, Vector.Strings part, int size, Buffers out) {
        boolean[] results = out.booleans(size);
        for (int i = 0; i < size; i++) {
            results[i] =
                    text.length(i) >= part.length(i) && equals(text, text.offsets()[i + 1] - part.length(i), part, i);
        }
        return new Vector.Booleans(results, Status.strict(text.status(), part.status(), size));
    }

    static Vector contains(Vector.Strings text, Vector.Strings part, int size, Buffers out) {
        boolean[] results = out.booleans(size);
        for (int i = 0; i < size; i++) {
            results[i] = isIn(text, part, i);
        }
        return new Vector.Booleans(results, Status.strict(text.status(), part.status(), size));
    }

    private static boolean isIn(Vector.Strings text, Vector.Strings part, int row) {
        int length = part.length(row);
        int last = text.offsets()[row + 1] - length;
        if (length == 0) {
            return true;
        }
        byte first = part.data()[part.offsets()[row]];
        for (int at = text.offsets()[row]; at <= last; at++) {
            if (text.data()[at] == first && equals(text, at, part, row)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equals(Vector.Strings text, int from, Vector.Strings part, int row) {
        return Arrays.equals(
                text.data(), from, from + part.length(row), part.data(), part.offsets()[row], part.offsets()[row + 1]);
    }

    /** Whether {@code pattern} is found anywhere in the text. */
    static Vector matches(Vector.Strings text, Pattern pattern, int size, Buffers out) {
        boolean[] results = out.booleans(size);
        byte @Nullable [] status = Status.strict(text.status(), size);
        for (int i = 0; i < size; i++) {
            if (Status.at(status, i) == Status.OK) {
                results[i] = pattern.matcher(text.string(i)).find();
            }
        }
        return new Vector.Booleans(results, status);
    }

    static Vector lower(Vector.Strings operand, int size, Buffers out) {
        return shiftLetters(operand, 'A', 'a' - 'A', size);
    }

    static Vector upper(Vector.Strings operand, int size, Buffers out) {
        return shiftLetters(operand, 'a', 'A' - 'a', size);
    }

    /** Moves the ASCII letters from {@code first} on by {@code distance}. */
    private static Vector shiftLetters(Vector.Strings operand, char first, int distance, int size) {
        int from = operand.offsets()[0];
        byte[] data = Arrays.copyOfRange(operand.data(), from, operand.offsets()[size]);
        for (int i = 0; i < data.length; i++) {
            int letter = data[i] - first;
            data[i] += (byte) (letter >= 0 && letter < 26 ? distance : 0);
        }
        int[] offsets = new int[size + 1];
        for (int i = 0; i <= size; i++) {
            offsets[i] = operand.offsets()[i] - from;
        }
        return new Vector.Strings(data, offsets, Status.strict(operand.status(), size));
    }
}
