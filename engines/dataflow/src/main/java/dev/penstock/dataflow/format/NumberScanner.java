package dev.penstock.dataflow.format;

import com.fasterxml.jackson.core.io.NumberInput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Takes a decimal number apart into digits and a power of ten, so that integers, decimals and doubles all come out
 * exact from one pass over its bytes.
 *
 * <p>Not thread safe.
 */
final class NumberScanner {
    /** As many digits always fit 64 bits without a sign. */
    private static final int MOST_DIGITS = 19;

    /** Longer numbers are an attack, not a measurement. */
    private static final int LONGEST = 1000;

    private static final int GREATEST_EXPONENT = 100_000;
    private static final long[] POWERS = new long[MOST_DIGITS];
    private static final double[] EXACT_POWERS = new double[23];
    private static final long GREATEST_EXACT = 1L << 53;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
        for (int i = 0; i < EXACT_POWERS.length; i++) {
            EXACT_POWERS[i] = Double.parseDouble("1e" + i);
        }
    }

    private byte[] text = new byte[0];
    private int from;
    private int at;
    private int limit;
    private boolean negative;
    private long mantissa;
    private int digits;
    private int exponent;
    private char[] chars = new char[32];

    /** 10 to the power of {@code exponent}, 0 to 18. */
    static long power(int exponent) {
        return POWERS[exponent];
    }

    /**
     * Reads the number that starts at {@code start}, as JSON writes it; gives where it ends.
     *
     * @throws ValueException if there is none
     */
    int scan(byte[] bytes, int start, int end) {
        begin(bytes, start, end);
        if (at < limit && text[at] == '-') {
            negative = true;
            at++;
        }
        int first = at;
        takeDigits(0);
        if (at == first || (at > first + 1 && text[first] == '0')) {
            throw new ValueException("malformed number");
        }
        return fractionAndExponent();
    }

    /** As {@link #scan} of all the bytes, with leading zeros and a plus sign allowed: how people write numbers. */
    void scanAll(byte[] bytes, int start, int end) {
        begin(bytes, start, end);
        if (at < limit && (text[at] == '-' || text[at] == '+')) {
            negative = text[at] == '-';
            at++;
        }
        int first = at;
        takeDigits(0);
        if (at == first || fractionAndExponent() != end) {
            throw new ValueException("text that is not a number");
        }
    }

    private void begin(byte[] bytes, int start, int end) {
        text = bytes;
        from = start;
        at = start;
        limit = end;
        negative = false;
        mantissa = 0;
        digits = 0;
        exponent = 0;
    }

    /**
     * Takes the digits that are next; each of them is {@code shift} places behind the point more than the one before.
     */
    private void takeDigits(int shift) {
        byte[] bytes = text;
        int next = at;
        long value = mantissa;
        int count = digits;
        int kept = 0;
        for (; next < limit && isDigit(bytes[next]); next++) {
            if (count < MOST_DIGITS) {
                value = value * 10 + (bytes[next] - '0');
                count += value == 0 ? 0 : 1;
                kept++;
            } else {
                count++;
            }
        }
        at = next;
        mantissa = value;
        digits = count;
        exponent -= shift * kept;
    }

    private int fractionAndExponent() {
        if (at < limit && text[at] == '.') {
            int first = ++at;
            takeDigits(1);
            requireDigits(first);
        }
        if (at < limit && (text[at] | 0x20) == 'e') {
            at++;
            readExponent();
        }
        if (at - from > LONGEST) {
            throw new ValueException("a number of more than " + LONGEST + " characters");
        }
        return at;
    }

    private void readExponent() {
        boolean down = at < limit && text[at] == '-';
        if (at < limit && (text[at] == '-' || text[at] == '+')) {
            at++;
        }
        int first = at;
        int value = 0;
        for (; at < limit && isDigit(text[at]); at++) {
            value = Math.min(GREATEST_EXPONENT, value * 10 + text[at] - '0');
        }
        requireDigits(first);
        exponent += down ? -value : value;
    }

    private void requireDigits(int first) {
        if (at == first) {
            throw new ValueException("malformed number");
        }
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private boolean isExact() {
        return digits <= MOST_DIGITS;
    }

    /** The value as a whole number from {@code least} to {@code most}. */
    long wholeNumber(long least, long most) {
        if (isExact() && mantissa >= 0 && exponent == 0) {
            long value = signed();
            if (value < least || value > most) {
                throw outOfRange();
            }
            return value;
        }
        BigInteger value = slowUnscaled(0);
        if (value.compareTo(BigInteger.valueOf(least)) < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw outOfRange();
        }
        return value.longValue();
    }

    private static ValueException outOfRange() {
        return new ValueException("a number out of range");
    }

    private long signed() {
        return negative ? -mantissa : mantissa;
    }

    /** The value times ten to the power of {@code scale}, which must be whole, of at most {@code precision} digits. */
    long unscaled(int precision, int scale) {
        int shift = exponent + scale;
        if (isExact() && mantissa >= 0 && shift >= 0 && shift <= 18 && digits + shift <= 18) {
            long value = mantissa * POWERS[shift];
            checkDigits(precision < 19 && value >= POWERS[precision]);
            return negative ? -value : value;
        }
        return bigUnscaled(precision, scale).longValueExact();
    }

    /** As {@link #unscaled}, of any size. */
    BigInteger bigUnscaled(int precision, int scale) {
        BigInteger value = slowUnscaled(scale);
        checkDigits(value.abs().compareTo(BigInteger.TEN.pow(precision)) >= 0);
        return value;
    }

    private static void checkDigits(boolean tooMany) {
        if (tooMany) {
            throw new ValueException("a number of too many digits");
        }
    }

    private BigInteger slowUnscaled(int scale) {
        BigDecimal value = decimal();
        if (value.signum() == 0) {
            return BigInteger.ZERO;
        }
        if (value.precision() - (long) value.scale() + scale > 2L * LONGEST) {
            throw outOfRange();
        }
        try {
            return value.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue();
        } catch (ArithmeticException e) {
            throw new ValueException(scale == 0 ? "a number with a fraction" : "a number of too many decimals");
        }
    }

    /** The nearest double. */
    double doubleValue() {
        double value;
        if (isExact() && mantissa >= 0 && mantissa <= GREATEST_EXACT && exponent >= -22 && exponent <= 22) {
            // Both are exact as doubles, so that one rounding is the right one.
            value = exponent < 0 ? mantissa / EXACT_POWERS[-exponent] : mantissa * EXACT_POWERS[exponent];
            return negative ? -value : value;
        }
        value = NumberInput.parseDouble(chars(), 0, at - from, true);
        if (Double.isInfinite(value)) {
            throw outOfRange();
        }
        return value;
    }

    /** The nearest float, rounded once. */
    float floatValue() {
        float value = NumberInput.parseFloat(chars(), 0, at - from, true);
        if (Float.isInfinite(value)) {
            throw outOfRange();
        }
        return value;
    }

    private BigDecimal decimal() {
        int first = text[from] == '+' ? 1 : 0;
        BigDecimal value = new BigDecimal(chars(), first, at - from - first);
        if (value.signum() != 0 && Math.abs((long) value.scale()) > 2L * LONGEST) {
            throw new ValueException(value.scale() > 0 ? "a number of too many decimals" : "a number out of range");
        }
        return value;
    }

    private char[] chars() {
        int length = at - from;
        if (chars.length < length) {
            chars = new char[length * 2];
        }
        for (int i = 0; i < length; i++) {
            chars[i] = (char) text[from + i];
        }
        return chars;
    }
}
