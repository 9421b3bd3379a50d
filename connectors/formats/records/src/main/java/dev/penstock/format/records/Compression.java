package dev.penstock.format.records;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** How the bytes of a file are packed. */
public enum Compression {
    /** Found out from the name of the file, then from its first bytes. */
    AUTO,
    NONE,
    GZIP,
    ZSTD;

    /** As many bytes as {@link #ofMagic} wants to see. */
    public static final int MAGIC_BYTES = 4;

    private static final int BUFFER_BYTES = 64 * 1024;

    /** What the end of a file name says; {@link #AUTO} if it says nothing. */
    public static Compression ofName(String name) {
        if (name.endsWith(".gz") || name.endsWith(".gzip")) {
            return GZIP;
        }
        return name.endsWith(".zst") || name.endsWith(".zstd") ? ZSTD : AUTO;
    }

    /** What the first {@code count} bytes of a file say. */
    public static Compression ofMagic(byte[] head, int count) {
        if (count >= 3 && head[0] == 0x1f && head[1] == (byte) 0x8b && head[2] == 8) {
            return GZIP;
        }
        boolean zstd = count >= MAGIC_BYTES
                && head[0] == 0x28
                && head[1] == (byte) 0xb5
                && head[2] == 0x2f
                && head[3] == (byte) 0xfd;
        return zstd ? ZSTD : NONE;
    }

    /** The end that names of files so packed have by custom. */
    public String suffix() {
        return switch (this) {
            case AUTO, NONE -> "";
            case GZIP -> ".gz";
            case ZSTD -> ".zst";
        };
    }

    /** Unpacks; several packed pieces behind one another are one. */
    public InputStream unpack(InputStream packed) throws IOException {
        return switch (this) {
            case AUTO, NONE -> packed;
            case GZIP -> new GZIPInputStream(packed, BUFFER_BYTES);
            case ZSTD -> new ZstdInputStream(packed);
        };
    }

    /** Whether reading failed because what is packed is damaged, and not because it could not be got. */
    public static boolean isDamage(IOException failure) {
        return failure instanceof ZipException || failure instanceof ZstdIOException || isTruncation(failure);
    }

    /** Whether what is packed only ends too early. */
    public static boolean isTruncation(IOException failure) {
        return failure instanceof EOFException
                || String.valueOf(failure.getMessage()).contains("Truncated source");
    }

    /** Packs into a piece that ends when the stream is closed. */
    public OutputStream pack(OutputStream plain) throws IOException {
        return switch (this) {
            case AUTO, NONE -> plain;
            case GZIP -> new GZIPOutputStream(plain, BUFFER_BYTES);
            case ZSTD -> new ZstdOutputStream(plain);
        };
    }
}
