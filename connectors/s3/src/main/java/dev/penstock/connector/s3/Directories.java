package dev.penstock.connector.s3;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The directory of each row of a batch, below the prefix. */
final class Directories {
    /** Keys may have 1,024 bytes, and prefix and name want some of them. */
    private static final int MOST_BYTES = 600;

    private static final Pattern NAMES = Pattern.compile("[^/\\p{Cntrl}]+(/[^/\\p{Cntrl}]+)*/?");
    private static final Pattern HIDDEN = Pattern.compile("(.*/)?[.].*");

    private final @Nullable BytesColumn column;
    private final String name;

    Directories(RecordBatch batch, Optional<String> column) {
        this.column = column.map(each -> (BytesColumn) batch.column(each)).orElse(null);
        this.name = column.orElse("");
    }

    /** Why a row has no directory, if so. */
    Optional<String> reason(int row) {
        BytesColumn all = column;
        if (all == null) {
            return Optional.empty();
        }
        if (all.isNull(row)) {
            return Optional.of("column '" + name + "', its directory, is null");
        }
        String directory = all.string(row);
        boolean fits = NAMES.matcher(directory).matches()
                && !HIDDEN.matcher(directory).matches()
                && directory.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
        return fits
                ? Optional.empty()
                : Optional.of("column '" + name
                        + "' is no directory: names are wanted, with slashes between them and no dot before them");
    }

    /** Empty, or with a slash at the end. */
    String of(int row) {
        BytesColumn all = column;
        if (all == null) {
            return "";
        }
        String directory = all.string(row);
        return directory.endsWith("/") ? directory : directory + "/";
    }
}
