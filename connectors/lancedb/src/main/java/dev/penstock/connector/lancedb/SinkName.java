package dev.penstock.connector.lancedb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id of a sink in the forms that tables and directories accept.
 *
 * @param id as the engine gives it
 * @param safe letters, digits, dots, hyphens and underscores only; no two ids share one
 */
record SinkName(String id, String safe) {
    private static final int HASH_BYTES = 4;

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

    /** The tag on the last committed version, which keeps clean-up away from it. */
    String tag() {
        return "penstock-" + safe;
    }

    /** The key of the table's config under which the sink keeps who owns it. */
    String configKey() {
        return "penstock.sink." + safe;
    }
}
