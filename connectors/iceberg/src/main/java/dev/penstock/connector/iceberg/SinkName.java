package dev.penstock.connector.iceberg;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id of a sink in the forms that tables and files accept.
 *
 * @param id as the engine gives it
 * @param safe letters, digits, dots, hyphens and underscores only; no two ids share one
 */
record SinkName(String id, String safe) {
    private static final int HASH_BYTES = 4;
    private static final String PROPERTY = "penstock.sink.";
    private static final String SUMMARY = "penstock.commit.";

    static SinkName of(String id) {
        return new SinkName(id, id.replaceAll("[^A-Za-z0-9_-]", ".") + "-" + hash(id));
    }

    private static String hash(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every JDK has SHA-256", e);
        }
    }

    /** The table property that tells what the sink has committed, and who owns it. */
    String property() {
        return PROPERTY + safe;
    }

    /** The entry of a snapshot's summary that tells the same as of that snapshot. */
    String summary() {
        return SUMMARY + safe;
    }

    /** Whether {@code entry} of a snapshot's summary is that of a sink. */
    static boolean isSummary(String entry) {
        return entry.startsWith(SUMMARY);
    }

    /** The property that tells the same as {@code summary}. */
    static String property(String summary) {
        return PROPERTY + summary.substring(SUMMARY.length());
    }
}
