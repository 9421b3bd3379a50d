package dev.penstock.connector.files;

import dev.penstock.format.records.ByteSource;
import dev.penstock.format.records.Compression;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one open file, unpacked, in order.
 *
 * <p>Offsets count unpacked bytes. A plain file is entered at any offset at once; a packed one is unpacked from its
 * start up to there, which {@link #skipTo} does piece by piece.
 */
final class Content implements ByteSource, Closeable {
    private static final int SKIP_BYTES = 256 * 1024;

    private final FileChannel channel;
    private final @Nullable InputStream unpacked;
    private long offset;

    private Content(FileChannel channel, @Nullable InputStream unpacked) {
        this.channel = channel;
        this.unpacked = unpacked;
    }

    static Content open(Path file, Compression compression) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            Compression found = detect(channel, file, compression);
            boolean plain = found == Compression.NONE || channel.size() == 0;
            return new Content(channel, plain ? null : found.unpack(Channels.newInputStream(channel)));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Compression detect(FileChannel channel, Path file, Compression wanted) throws IOException {
        if (wanted != Compression.AUTO) {
            return wanted;
        }
        Compression named = Compression.ofName(String.valueOf(file.getFileName()));
        if (named != Compression.AUTO) {
            return named;
        }
        byte[] head = new byte[Compression.MAGIC_BYTES];
        int count = channel.read(ByteBuffer.wrap(head), 0);
        return Compression.ofMagic(head, count);
    }

    /** Whether the file is not packed. */
    boolean isPlain() {
        return unpacked == null;
    }

    /** How many unpacked bytes lie before the next one read. */
    long offset() {
        return offset;
    }

    /** The size of the file as it is on disk, now. */
    long fileSize() throws IOException {
        return channel.size();
    }

    /** Reads up to {@code length} bytes; -1 at the end of the file as it is now. */
    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = unpacked == null
                ? channel.read(ByteBuffer.wrap(into, from, length), offset)
                : unpacked.read(into, from, length);
        offset += Math.max(0, count);
        return count;
    }

    /** Reads until {@code length} bytes are there or the file ends; gives how many. */
    int readFully(byte[] into, int from, int length) throws IOException {
        int total = 0;
        while (total < length) {
            int count = read(into, from + total, length - total);
            if (count <= 0) {
                break;
            }
            total += count;
        }
        return total;
    }

    /**
     * Moves towards {@code target}; one call reads at most one piece of a packed file.
     *
     * @return whether it got there; false with {@link #offset} unmoved means that the file ends before
     */
    boolean skipTo(long target) throws IOException {
        if (unpacked == null) {
            offset = target;
            return true;
        }
        byte[] piece = new byte[(int) Math.min(SKIP_BYTES, target - offset)];
        readFully(piece, 0, piece.length);
        return offset == target;
    }

    @Override
    public void close() throws IOException {
        try {
            if (unpacked != null) {
                unpacked.close();
            }
        } finally {
            channel.close();
        }
    }
}
