package dev.penstock.connector.postgres;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A numeric in its binary form: how many groups of four digits, the power of 10,000 of the first, sign and shown scale,
 * two bytes each, then the groups.
 */
final class NumericBytes {
    private static final int HEADER = 8;
    private static final int GROUP = 10_000;
    private static final int GROUP_DIGITS = 4;
    private static final int[] POWERS = {1, 10, 100, 1_000, GROUP};
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int NEGATIVE_INFINITY = 0xF000;

    private final byte[] bytes;
    private final int from;
    private final int groups;
    private final int weight;
    private final int sign;

    NumericBytes(byte[] bytes, int from) {
        this.bytes = bytes;
        this.from = from;
        this.groups = CopyBuffer.shortAt(bytes, from);
        this.weight = CopyBuffer.shortAt(bytes, from + 2);
        this.sign = CopyBuffer.shortAt(bytes, from + 4) & 0xffff;
    }

    private int group(int index) {
        return index < 0 || index >= groups ? 0 : CopyBuffer.shortAt(bytes, from + HEADER + 2 * index);
    }

    /** The number times ten to the power of {@code scale}, which must be whole and fit. */
    long unscaledLong(int scale) {
        if (sign >= NAN) {
            throw new ValueException(text() + " is not a decimal number");
        }
        long value = 0;
        for (int i = 0; i <= weight; i++) {
            value = value * GROUP + group(i);
        }
        int left = scale;
        for (int i = weight + 1; left > 0; i++) {
            int digits = Math.min(left, GROUP_DIGITS);
            value = value * POWERS[digits] + group(i) / POWERS[GROUP_DIGITS - digits];
            left -= digits;
        }
        return sign == NEGATIVE ? -value : value;
    }

    /** As the server shows it. */
    String text() {
        if (sign >= NAN) {
            return sign == NAN ? "NaN" : sign == INFINITY ? "Infinity" : "-Infinity";
        }
        int scale = CopyBuffer.shortAt(bytes, from + 6);
        StringBuilder text = new StringBuilder(GROUP_DIGITS * (groups + 2));
        if (sign == NEGATIVE) {
            text.append('-');
        }
        if (weight < 0) {
            text.append('0');
        }
        for (int i = 0; i <= weight; i++) {
            appendGroup(text, group(i), i > 0);
        }
        if (scale > 0) {
            text.append('.');
            int point = text.length();
            for (int i = weight + 1; text.length() - point < scale; i++) {
                appendGroup(text, group(i), true);
            }
            text.setLength(point + scale);
        }
        return text.toString();
    }

    private static void appendGroup(StringBuilder text, int group, boolean padded) {
        if (padded) {
            for (int power = GROUP / 10; power > 1 && group < power; power /= 10) {
                text.append('0');
            }
        }
        text.append(group);
    }

    /** Writes what the server shows as {@code text}. */
    static void write(String text, CopyBuffer out) {
        switch (text) {
            case "NaN" -> writeSpecial(NAN, out);
            case "Infinity" -> writeSpecial(INFINITY, out);
            case "-Infinity" -> writeSpecial(NEGATIVE_INFINITY, out);
            default -> {
                try {
                    write(new BigDecimal(text), out);
                } catch (NumberFormatException e) {
                    throw new ValueException("'" + text + "' is not a number");
                }
            }
        }
    }

    private static void writeSpecial(int sign, CopyBuffer out) {
        out.putInt(HEADER);
        out.putInt(0);
        out.putShort(sign);
        out.putShort(0);
    }

    /** Writes {@code number} with its scale, or with none if that is negative. */
    static void write(BigDecimal number, CopyBuffer out) {
        BigDecimal whole = number.scale() < 0 ? number.setScale(0) : number;
        int scale = whole.scale();
        int padding = (GROUP_DIGITS - scale % GROUP_DIGITS) % GROUP_DIGITS;
        BigInteger aligned = whole.unscaledValue().abs().multiply(BigInteger.valueOf(POWERS[padding]));
        String digits = aligned.signum() == 0 ? "" : aligned.toString();
        int groups = (digits.length() + GROUP_DIGITS - 1) / GROUP_DIGITS;
        int start = out.beginValue();
        out.putShort(groups);
        out.putShort(groups - 1 - (scale + padding) / GROUP_DIGITS);
        out.putShort(number.signum() < 0 ? NEGATIVE : 0);
        out.putShort(scale);
        int at = 0;
        int width = digits.length() - (groups - 1) * GROUP_DIGITS;
        for (int i = 0; i < groups; i++) {
            out.putShort(Integer.parseInt(digits, at, at + width, 10));
            at += width;
            width = GROUP_DIGITS;
        }
        out.endValue(start);
    }
}
