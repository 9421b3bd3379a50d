package dev.penstock.dataflow.expression;

import org.jspecify.annotations.Nullable;

/**
 * What became of each row of a {@link Vector}, as a byte.
 *
 * <p>Most vectors have a value in every row and no statuses at all. A null is a value ({@link #NULL}), until an
 * operator that has no use for nulls meets it: then it is a {@link #NULL_ERROR}, which passes through all operators as
 * errors do, is absorbed by logic as errors are, and is null again where the expression ends. The rest are errors that
 * reject the row.
 */
final class Status {
    static final byte OK = 0;
    static final byte NULL = 1;
    static final byte NULL_ERROR = 2;
    static final byte OVERFLOW = 3;
    static final byte DIVISION_BY_ZERO = 4;
    static final byte BAD_TEXT = 5;
    static final byte NO_SUCH_KEY = 6;
    static final byte NO_SUCH_INDEX = 7;
    static final byte BAD_ARGUMENT = 8;
    static final byte WRONG_TYPE = 9;
    static final byte FAILED = 10;

    private static final String[] REASONS = {
        "",
        "",
        "",
        "a number out of range",
        "division by zero",
        "text that cannot be converted",
        "a key that is not in the map",
        "an index beyond the list",
        "an argument that the function cannot take",
        "a value of a type that the operator cannot take",
        "an operation that failed"
    };

    private Status() {}

    static String reason(byte status) {
        return REASONS[status];
    }

    static boolean isNull(byte status) {
        return status == NULL || status == NULL_ERROR;
    }

    static boolean isFailure(byte status) {
        return status > NULL_ERROR;
    }

    /** Of an operator that must have a value. */
    static byte @Nullable [] strict(byte @Nullable [] status, int size) {
        if (status == null) {
            return null;
        }
        byte[] result = new byte[size];
        for (int i = 0; i < size; i++) {
            result[i] = strict(status[i]);
        }
        return result;
    }

    static byte strict(byte status) {
        return status == NULL ? NULL_ERROR : status;
    }

    /** Of an operator that must have both values: the error of the left one comes first, as it is evaluated first. */
    static byte @Nullable [] strict(byte @Nullable [] left, byte @Nullable [] right, int size) {
        if (left == null) {
            return strict(right, size);
        }
        if (right == null) {
            return strict(left, size);
        }
        byte[] result = new byte[size];
        for (int i = 0; i < size; i++) {
            byte error = left[i] > NULL ? left[i] : right[i] > NULL ? right[i] : OK;
            result[i] = error != OK ? error : (byte) ((left[i] | right[i]) * NULL_ERROR);
        }
        return result;
    }

    /** {@code status} if it is there, else a new one of all {@link #OK}: for marking errors. */
    static byte[] orNew(byte @Nullable [] status, int size) {
        return status == null ? new byte[size] : status;
    }

    static byte at(byte @Nullable [] status, int row) {
        return status == null ? OK : status[row];
    }
}
