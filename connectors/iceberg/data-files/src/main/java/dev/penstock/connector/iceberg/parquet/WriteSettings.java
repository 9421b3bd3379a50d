package dev.penstock.connector.iceberg.parquet;

import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.TableProperties;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How Parquet files are written: properties of the table, or what suits a stream of rows where it says nothing. Row
 * groups and pages are smaller then than Iceberg's own, so that a file under way takes some megabytes of memory, and
 * zstd is at its fastest level, which costs a few percent of size at most.
 *
 * @param codec what pages are compressed with
 * @param level how hard; has no meaning for snappy
 * @param rowGroupBytes the bytes of a row group, as they are buffered before it is written
 * @param pageBytes the bytes of a page before it is compressed
 * @param pageRows the rows of a page at most
 * @param dictionaryBytes the bytes of a column's dictionary, past which the column goes on without
 * @param secondVersion whether data pages are of version 2 of the format
 * @param columns what is said of columns one by one, by its property
 */
record WriteSettings(
        CompressionCodecName codec,
        int level,
        int rowGroupBytes,
        int pageBytes,
        int pageRows,
        int dictionaryBytes,
        boolean secondVersion,
        Map<String, String> columns) {
    private static final int ROW_GROUP_BYTES = 16 << 20;
    private static final int PAGE_BYTES = 128 << 10;
    private static final int DICTIONARY_BYTES = 256 << 10;
    private static final int FAST_ZSTD = 1;
    private static final int USUAL_GZIP = 6;

    static WriteSettings of(Map<String, String> properties) {
        CompressionCodecName codec = codec(properties.getOrDefault(TableProperties.PARQUET_COMPRESSION, "zstd"));
        return new WriteSettings(
                codec,
                level(properties, codec),
                number(properties, TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, ROW_GROUP_BYTES),
                number(properties, TableProperties.PARQUET_PAGE_SIZE_BYTES, PAGE_BYTES),
                number(
                        properties,
                        TableProperties.PARQUET_PAGE_ROW_LIMIT,
                        TableProperties.PARQUET_PAGE_ROW_LIMIT_DEFAULT),
                number(properties, TableProperties.PARQUET_DICT_SIZE_BYTES, DICTIONARY_BYTES),
                secondVersion(properties),
                properties);
    }

    private static CompressionCodecName codec(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "zstd" -> CompressionCodecName.ZSTD;
            case "snappy" -> CompressionCodecName.SNAPPY;
            case "gzip" -> CompressionCodecName.GZIP;
            case "uncompressed", "none" -> CompressionCodecName.UNCOMPRESSED;
            default -> throw wrong(TableProperties.PARQUET_COMPRESSION, name, "zstd, snappy, gzip or uncompressed");
        };
    }

    private static int level(Map<String, String> properties, CompressionCodecName codec) {
        String level = properties.get(TableProperties.PARQUET_COMPRESSION_LEVEL);
        if (level == null) {
            return codec == CompressionCodecName.ZSTD ? FAST_ZSTD : USUAL_GZIP;
        }
        try {
            return Integer.parseInt(level.trim());
        } catch (NumberFormatException e) {
            throw wrong(TableProperties.PARQUET_COMPRESSION_LEVEL, level, "a whole number");
        }
    }

    private static int number(Map<String, String> properties, String name, int otherwise) {
        String value = properties.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.trim());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as of numbers out of range.
        }
        throw wrong(name, value, "a whole number above 0");
    }

    private static boolean secondVersion(Map<String, String> properties) {
        String version = properties.getOrDefault(
                TableProperties.PARQUET_PAGE_VERSION, TableProperties.PARQUET_PAGE_VERSION_DEFAULT);
        return switch (version.toLowerCase(Locale.ROOT)) {
            case "v1" -> false;
            case "v2" -> true;
            default -> throw wrong(TableProperties.PARQUET_PAGE_VERSION, version, "v1 or v2");
        };
    }

    private static IllegalArgumentException wrong(String name, String value, String wanted) {
        return new IllegalArgumentException("Cannot write Parquet with '" + value + "': the property '" + name
                + "' of the table takes " + wanted + "; set it to one of those");
    }

    /** Whether the column called {@code name} may have a dictionary. */
    boolean dictionary(String name) {
        return flag(TableProperties.PARQUET_DICT_ENCODING_ENABLED_COLUMN_PREFIX + name);
    }

    /** Whether pages of the column called {@code name} carry bounds. */
    boolean statistics(String name) {
        return flag(TableProperties.PARQUET_COLUMN_STATS_ENABLED_PREFIX + name);
    }

    private boolean flag(String property) {
        return Boolean.parseBoolean(columns.getOrDefault(property, "true"));
    }
}
