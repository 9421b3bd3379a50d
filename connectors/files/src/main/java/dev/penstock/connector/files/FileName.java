package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.Partition;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The name of a file below the root, in three forms that do not depend on the locale of the process.
 *
 * <p>File names are bytes. The <b>raw</b> form keeps them exactly, with {@code %XX} for all but plain ASCII, and finds
 * the file again; the <b>shown</b> form is UTF-8 text in which only control characters and bytes that are not UTF-8 are
 * written {@code %XX}; the <b>id</b> is the shown form, cut to the length that the contract allows, with a digest in
 * the place of what was cut off.
 */
record FileName(String raw) {
    private static final int MAX_ID = Partition.MAX_ID_LENGTH;
    private static final int DIGEST_DIGITS = 16;

    /** The name of {@code file}, which lies below {@code root}. */
    static FileName of(Path root, Path file) {
        String text = root.relativize(file).toString();
        return new FileName(isPlain(text) ? text : escaped(root, file));
    }

    /** The name kept in a partition's descriptor. */
    static FileName ofDescriptor(byte[] descriptor) {
        return new FileName(new String(descriptor, US_ASCII));
    }

    byte[] descriptor() {
        return raw.getBytes(US_ASCII);
    }

    /** Where the file is. */
    Path in(Path root) {
        return isPlain(raw)
                ? root.resolve(raw)
                : Path.of(URI.create(slashed(root.toUri().toString()) + raw));
    }

    /** For people, and for the {@code path} column of documents. */
    String shown() {
        return isPlain(raw) ? raw : readable(unescaped(raw));
    }

    /** For engines. */
    String id() {
        String shown = shown();
        if (shown.length() <= MAX_ID) {
            return shown;
        }
        int kept = MAX_ID - DIGEST_DIGITS - 1;
        int end = Character.isHighSurrogate(shown.charAt(kept - 1)) ? kept - 1 : kept;
        return shown.substring(0, end) + "~" + digest(raw);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '-' && c <= '9') || c == '_';
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    private static String escaped(Path root, Path file) {
        String prefix = slashed(root.toUri().getRawPath());
        String path = file.toUri().getRawPath();
        String name = path.substring(prefix.length());
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private static String slashed(String directory) {
        return directory.endsWith("/") ? directory : directory + "/";
    }

    private static byte[] unescaped(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(raw.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    private static String readable(byte[] name) {
        StringBuilder text = new StringBuilder(name.length);
        CharsetDecoder decoder = UTF_8.newDecoder();
        for (int i = 0; i < name.length; ) {
            int length = Math.min(characterBytes(name[i]), name.length - i);
            try {
                String character =
                        decoder.decode(ByteBuffer.wrap(name, i, length)).toString();
                if (Character.isISOControl(character.codePointAt(0)) || looksEscaped(name, i)) {
                    appendEscaped(text, name, i, length);
                } else {
                    text.append(character);
                }
            } catch (CharacterCodingException e) {
                length = 1;
                appendEscaped(text, name, i, length);
            }
            i += length;
        }
        return text.toString();
    }

    private static int characterBytes(byte first) {
        int lead = Integer.numberOfLeadingZeros(~first << 24);
        return Math.max(1, Math.min(4, lead));
    }

    /** A real {@code %41} must not look like an escaped {@code A}, or two files could have one name. */
    private static boolean looksEscaped(byte[] name, int at) {
        return name[at] == '%'
                && at + 2 < name.length
                && HexFormat.isHexDigit(name[at + 1])
                && HexFormat.isHexDigit(name[at + 2]);
    }

    private static void appendEscaped(StringBuilder text, byte[] name, int from, int length) {
        for (int i = from; i < from + length; i++) {
            text.append(String.format(Locale.ROOT, "%%%02X", name[i] & 0xff));
        }
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
