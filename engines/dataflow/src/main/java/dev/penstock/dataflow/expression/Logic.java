package dev.penstock.dataflow.expression;

import org.jspecify.annotations.Nullable;

/** Logic. A side that decides the result makes up for an error, or a null, of the other. */
final class Logic {
    private Logic() {}

    static Vector and(Vector.Booleans left, Vector.Booleans right, int size, Buffers out) {
        return combine(left, right, false, size, out);
    }

    static Vector or(Vector.Booleans left, Vector.Booleans right, int size, Buffers out) {
        return combine(left, right, true, size, out);
    }

    // Without branches: both sides are there already.
    @SuppressWarnings("ShortCircuitBoolean")
    private static Vector combine(Vector.Booleans left, Vector.Booleans right, boolean decides, int size, Buffers out) {
        boolean[] a = left.values();
        boolean[] b = right.values();
        boolean[] results = out.booleans(size);
        if (decides) {
            for (int i = 0; i < size; i++) {
                results[i] = a[i] | b[i];
            }
        } else {
            for (int i = 0; i < size; i++) {
                results[i] = a[i] & b[i];
            }
        }
        if (left.status() == null && right.status() == null) {
            return new Vector.Booleans(results, null);
        }
        return new Vector.Booleans(results, statuses(left, right, decides, results, size));
    }

    private static byte[] statuses(
            Vector.Booleans left, Vector.Booleans right, boolean decides, boolean[] results, int size) {
        byte[] status = new byte[size];
        for (int i = 0; i < size; i++) {
            byte first = Status.at(left.status(), i);
            byte second = Status.at(right.status(), i);
            boolean decided = (first == Status.OK && left.values()[i] == decides)
                    || (second == Status.OK && right.values()[i] == decides);
            if (decided) {
                results[i] = decides;
            } else {
                status[i] = Status.strict(first != Status.OK ? first : second);
            }
        }
        return status;
    }

    static Vector.Booleans not(Vector.Booleans operand, int size, Buffers out) {
        boolean[] results = out.booleans(size);
        for (int i = 0; i < size; i++) {
            results[i] = !operand.values()[i];
        }
        return new Vector.Booleans(results, Status.strict(operand.status(), size));
    }

    /** Both sides are computed and one is taken, with its error if it has one; the other's does not matter. */
    static Vector choose(Vector.Booleans condition, Vector yes, Vector no, int size, Buffers out) {
        boolean[] first = condition.values();
        byte @Nullable [] status = chosenStatus(condition, yes.status(), no.status(), size);
        if (yes instanceof Vector.Longs a && no instanceof Vector.Longs b) {
            long[] results = out.longs(size);
            for (int i = 0; i < size; i++) {
                results[i] = first[i] ? a.values()[i] : b.values()[i];
            }
            return new Vector.Longs(results, status);
        }
        if (yes instanceof Vector.Doubles a && no instanceof Vector.Doubles b) {
            double[] results = out.doubles(size);
            for (int i = 0; i < size; i++) {
                results[i] = first[i] ? a.values()[i] : b.values()[i];
            }
            return new Vector.Doubles(results, status);
        }
        if (yes instanceof Vector.Booleans a && no instanceof Vector.Booleans b) {
            boolean[] results = out.booleans(size);
            for (int i = 0; i < size; i++) {
                results[i] = first[i] ? a.values()[i] : b.values()[i];
            }
            return new Vector.Booleans(results, status);
        }
        return Strings.choose(first, (Vector.Strings) yes, (Vector.Strings) no, status, size);
    }

    private static byte @Nullable [] chosenStatus(
            Vector.Booleans condition, byte @Nullable [] yes, byte @Nullable [] no, int size) {
        if (condition.status() == null && yes == null && no == null) {
            return null;
        }
        byte[] status = new byte[size];
        for (int i = 0; i < size; i++) {
            byte asked = Status.at(condition.status(), i);
            status[i] = asked != Status.OK
                    ? Status.strict(asked)
                    : condition.values()[i] ? Status.at(yes, i) : Status.at(no, i);
        }
        return status;
    }
}
