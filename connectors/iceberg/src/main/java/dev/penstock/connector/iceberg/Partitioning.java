package dev.penstock.connector.iceberg;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.exceptions.ValidationException;

/** Reads how a new table is partitioned, as people write it. */
final class Partitioning {
    private static final Pattern FUNCTION = Pattern.compile("([a-z]+)\\s*\\(\\s*(?:(\\d+)\\s*,\\s*)?([^(),]+?)\\s*\\)");

    private Partitioning() {}

    /**
     * The spec that {@code written} asks for.
     *
     * @throws IllegalArgumentException saying what cannot be understood, or does not fit the columns
     */
    static PartitionSpec of(Schema schema, List<String> written) {
        PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
        for (String text : written) {
            try {
                add(builder, text.strip());
            } catch (ValidationException | NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' does not fit: " + e.getMessage(), e);
            }
        }
        try {
            return builder.build();
        } catch (ValidationException e) {
            throw new IllegalArgumentException(written + " does not fit: " + e.getMessage(), e);
        }
    }

    private static void add(PartitionSpec.Builder builder, String text) {
        Matcher matcher = FUNCTION.matcher(text);
        if (!matcher.matches()) {
            if (text.contains("(")) {
                throw unknown(text);
            }
            builder.identity(text);
            return;
        }
        String column = matcher.group(3);
        String number = matcher.group(2);
        if (number != null) {
            addSized(builder, matcher.group(1), Integer.parseInt(number), column);
            return;
        }
        switch (matcher.group(1)) {
            case "year" -> builder.year(column);
            case "month" -> builder.month(column);
            case "day" -> builder.day(column);
            case "hour" -> builder.hour(column);
            case "identity" -> builder.identity(column);
            default -> throw unknown(text);
        }
    }

    private static void addSized(PartitionSpec.Builder builder, String function, int size, String column) {
        switch (function) {
            case "bucket" -> builder.bucket(column, size);
            case "truncate" -> builder.truncate(column, size);
            default -> throw unknown(function + "(" + size + ", " + column + ")");
        }
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("'" + text + "' is none of: column, year(column), month(column),"
                + " day(column), hour(column), bucket(16, column), truncate(4, column)");
    }
}
