package dev.penstock.examples.billion;

/**
 * A temperature as text, {@code -?D?D.D}, in a {@link Words word}. Of the signs that are in it only digits have the
 * fifth bit, so that one look at a bit tells a minus, or a point, from a digit.
 */
final class Temperature {
    private static final int FIFTH_BIT = 4;
    private static final int DIGIT = 0xF;

    private Temperature() {}

    private static int isNegative(long text) {
        return (int) (~text >>> FIFTH_BIT) & 1;
    }

    /** Of a text without a minus. */
    private static int hasTwoDigits(long text) {
        return (int) (text >>> (Byte.SIZE + FIFTH_BIT)) & 1;
    }

    /** How many bytes the text at the begin of {@code text} has. */
    static int length(long text) {
        int minus = isNegative(text);
        return minus + hasTwoDigits(text >>> (minus * Byte.SIZE)) + 3;
    }

    /** Its value. A digit that is missing is put before the others as a zero, so that all have their places. */
    static int tenths(long text) {
        int minus = isNegative(text);
        long digits = text >>> (minus * Byte.SIZE);
        long padded = digits << ((1 - hasTwoDigits(digits)) * Byte.SIZE);
        int value = 100 * digit(padded, 0) + 10 * digit(padded, 1) + digit(padded, 3);
        return (value ^ -minus) + minus;
    }

    private static int digit(long text, int index) {
        return (int) (text >>> (index * Byte.SIZE)) & DIGIT;
    }
}
