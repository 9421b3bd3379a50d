package dev.penstock.connector.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.EpochId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a table in which rows of one writer and epoch wait: it tells whose they are.
 *
 * @param sink what stands for the id of the sink
 * @param run what stands for the id of the run
 * @param part from 0; a new one begins when the columns of rows change
 */
record StagingName(String sink, long epoch, int writer, int part, String run) {
    private static final int DIGITS = 12;
    private static final Pattern FORM =
            Pattern.compile("rows_([0-9a-f]{12})_(\\d{1,19})_(\\d{1,9})_(\\d{1,4})_([0-9a-f]{12})");

    static StagingName of(String sinkId, EpochId epoch, int writer, int part) {
        return new StagingName(digest(sinkId), epoch.epoch(), writer, part, digest(epoch.runId()));
    }

    /** What {@code table} says, if it is such a table. */
    static Optional<StagingName> parse(String table) {
        Matcher matcher = FORM.matcher(table);
        return matcher.matches()
                ? Optional.of(new StagingName(
                        matcher.group(1),
                        Long.parseLong(matcher.group(2)),
                        Integer.parseInt(matcher.group(3)),
                        Integer.parseInt(matcher.group(4)),
                        matcher.group(5)))
                : Optional.empty();
    }

    /** What all tables of a sink begin with. */
    static String prefix(String sinkId) {
        return "rows_" + digest(sinkId) + "_";
    }

    /** Short enough for a name of 63 bytes beside the rest. */
    static String digest(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot name tables: every Java has SHA-256", e);
        }
    }

    String table() {
        return "rows_" + sink + "_" + epoch + "_" + writer + "_" + part + "_" + run;
    }
}
