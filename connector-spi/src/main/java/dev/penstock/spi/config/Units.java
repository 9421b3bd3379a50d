package dev.penstock.spi.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them. */
final class Units {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d+)\\s*([A-Za-z]*)");

    private Units() {}

    static Duration duration(Object raw) {
        String text = raw.toString().strip();
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (matcher.matches()) {
            return amount(Long.parseLong(matcher.group(1)), matcher.group(2), raw);
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw noDuration(raw);
        }
    }

    private static Duration amount(long number, String unit, Object raw) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m", "min" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> throw noDuration(raw);
        };
    }

    private static IllegalArgumentException noDuration(Object raw) {
        return new IllegalArgumentException("expected a duration such as 500ms, 10s, 5m or 1h, found '" + raw + "'");
    }

    static long size(Object raw) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(raw.toString().strip());
        if (!matcher.matches()) {
            throw noSize(raw);
        }
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor(matcher.group(2), raw));
    }

    private static long factor(String unit, Object raw) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "", "b" -> 1L;
            case "kb" -> 1_000L;
            case "mb" -> 1_000_000L;
            case "gb" -> 1_000_000_000L;
            case "kib" -> 1L << 10;
            case "mib" -> 1L << 20;
            case "gib" -> 1L << 30;
            default -> throw noSize(raw);
        };
    }

    private static IllegalArgumentException noSize(Object raw) {
        return new IllegalArgumentException("expected a size such as 512KiB, 64MiB or 1GB, found '" + raw + "'");
    }
}
