package dev.penstock.format.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Payload.Framing;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What the parts are called that a sink writes, be they files or objects, and how they are packed.
 *
 * @param prefix what names begin with
 * @param extension what names end with, if that is said
 */
public record PartNaming(String prefix, Optional<String> extension, Framing framing, Compression wanted) {
    private static final int DIGEST_DIGITS = 10;

    /** The name of a part: it sorts as it was written, and no other run or pipeline can come upon the same. */
    public String name(String sinkId, EpochId epoch, int writer, int sequence) {
        return String.format(
                Locale.ROOT,
                "%s-%010d-%d-%06d-%s%s",
                prefix,
                epoch.epoch(),
                writer,
                sequence,
                digest(sinkId + "/" + epoch.runId()),
                suffix());
    }

    /** The end of all names, with its dot. */
    public String suffix() {
        String plain = extension.orElse(defaultExtension());
        String dotted = plain.isEmpty() || plain.startsWith(".") ? plain : "." + plain;
        return Compression.ofName(dotted) == Compression.AUTO
                ? dotted + compression().suffix()
                : dotted;
    }

    private String defaultExtension() {
        return switch (framing) {
            case LINES -> "txt";
            case CSV -> "csv";
            case WHOLE, DOCUMENT -> "bin";
        };
    }

    /** How parts are packed; never {@link Compression#AUTO}. */
    public Compression compression() {
        if (wanted != Compression.AUTO) {
            return wanted;
        }
        Compression named = Compression.ofName("." + extension.orElse(""));
        return named == Compression.AUTO ? Compression.NONE : named;
    }

    /** A name for {@code sinkId} that can be part of a path, and that no other sink has. */
    public static String directory(String sinkId) {
        return directory(sinkId, sinkId);
    }

    /** As {@link #directory(String)}, where one sink has several, told apart by {@code name}. */
    public static String directory(String sinkId, String name) {
        String readable = sinkId.replaceAll("[^A-Za-z0-9.-]+", "_");
        return readable.substring(0, Math.min(readable.length(), 64)) + "-" + digest(name);
    }

    /** Ten hexadecimal digits that stand for {@code text}. */
    public static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGEST_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot find SHA-256, which every JDK has", e);
        }
    }
}
