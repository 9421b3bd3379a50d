package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Payload.Framing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a sink writes, and how it names what it writes.
 *
 * @param directory holds the part files, or the one file that grows
 * @param single the one file, if it is one
 */
record Target(Path directory, Optional<Path> single, SinkSettings settings) {
    /** Hidden, so that readers of the directory, this connector among them, leave it alone. */
    static final String STAGING = ".penstock";

    private static final Pattern FILE = Pattern.compile(".+\\.[A-Za-z][A-Za-z0-9]*");
    private static final int DIGEST_DIGITS = 10;

    static Target of(SinkSettings settings, Path base) {
        Path path = base.resolve(settings.path()).toAbsolutePath().normalize();
        boolean directory = settings.path().endsWith("/")
                || Files.isDirectory(path)
                || path.getParent() == null
                || !FILE.matcher(String.valueOf(path.getFileName())).matches();
        return directory
                ? new Target(path, Optional.empty(), settings)
                : new Target(requireNonNull(path.getParent()), Optional.of(path), settings);
    }

    /** Where files of {@code sinkId} are until they are committed; in the same file system. */
    Path staging(String sinkId) {
        String readable = sinkId.replaceAll("[^A-Za-z0-9.-]+", "_");
        String name = single.map(file -> file.getFileName() + ":" + sinkId).orElse(sinkId);
        String shortened = readable.substring(0, Math.min(readable.length(), 64));
        return directory.resolve(STAGING).resolve(shortened + "-" + digest(name));
    }

    /** The visible name of a part: it sorts as it was written, and no other run or pipeline can come upon the same. */
    String partName(String sinkId, EpochId epoch, int writer, int sequence) {
        return String.format(
                Locale.ROOT,
                "%s-%010d-%d-%06d-%s%s",
                settings.prefix(),
                epoch.epoch(),
                writer,
                sequence,
                digest(sinkId + "/" + epoch.runId()),
                extension());
    }

    private String extension() {
        String plain = settings.extension().orElse(defaultExtension());
        String dotted = plain.isEmpty() || plain.startsWith(".") ? plain : "." + plain;
        return Compression.ofName(dotted) == Compression.AUTO
                ? dotted + compression().suffix()
                : dotted;
    }

    private String defaultExtension() {
        return switch (settings.framing()) {
            case LINES -> "txt";
            case CSV -> "csv";
            case WHOLE, DOCUMENT -> "bin";
        };
    }

    /** How what is written is packed; never {@link Compression#AUTO}. */
    Compression compression() {
        if (settings.compression() != Compression.AUTO) {
            return settings.compression();
        }
        String name = single.map(Path::toString).orElse(settings.extension().orElse(""));
        Compression named = Compression.ofName("." + name);
        return named == Compression.AUTO ? Compression.NONE : named;
    }

    /** Whether each record has a file of its own. */
    boolean isFilePerRecord() {
        return settings.framing() == Framing.WHOLE && single.isEmpty();
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGEST_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot find SHA-256, which every JDK has", e);
        }
    }
}
