package dev.penstock.connector.files;

import dev.penstock.format.records.Compression;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** A staged file while it is written. */
final class PartFile implements Closeable {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final Counted counted = new Counted();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Compression compression;
    private OutputStream packed;
    private int buffered;
    private int headerBytes;
    private long rows;

    PartFile(Path file, Compression compression) throws IOException {
        this.file = file;
        this.compression = compression;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.packed = pack();
    }

    private OutputStream pack() throws IOException {
        return compression == Compression.NONE ? counted : compression.pack(counted);
    }

    /** Writes the line that names the columns; packed on its own, so that it can be left out. */
    void header(byte[] line) throws IOException {
        line(line, 0, line.length);
        endPiece();
        // Before the next piece is begun: that may write something at once.
        headerBytes = Math.toIntExact(counted.bytes);
        packed = pack();
        rows = 0;
    }

    /** Writes a record and a line feed. */
    void line(byte[] data, int from, int length) throws IOException {
        record(data, from, length);
        if (buffered == buffer.length) {
            drain();
        }
        buffer[buffered++] = '\n';
    }

    /** Writes a record as it is. */
    void record(byte[] data, int from, int length) throws IOException {
        rows++;
        if (length > buffer.length - buffered) {
            drain();
            if (length >= buffer.length) {
                packed.write(data, from, length);
                return;
            }
        }
        System.arraycopy(data, from, buffer, buffered, length);
        buffered += length;
    }

    private void drain() throws IOException {
        packed.write(buffer, 0, buffered);
        buffered = 0;
    }

    private void endPiece() throws IOException {
        drain();
        if (packed != counted) {
            packed.close();
        }
    }

    /** The bytes so far, as nearly as is known before the last ones are packed. */
    long bytes() {
        return counted.bytes + (compression == Compression.NONE ? buffered : 0);
    }

    long rows() {
        return rows;
    }

    /** Makes all of it durable. */
    StagedFile finish(String partName) throws IOException {
        endPiece();
        channel.force(false);
        channel.close();
        int checksum = (int) counted.checksum.getValue();
        return new StagedFile(String.valueOf(file.getFileName()), partName, counted.bytes, headerBytes, checksum);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (packed != counted) {
            // Frees the native memory; what it still wants to write has nowhere to go.
            ReadFailure.closeQuietly(packed);
        }
    }

    /** Counts and sums what goes to the file. */
    private final class Counted extends OutputStream {
        private final CRC32C checksum = new CRC32C();
        private long bytes;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] data, int from, int length) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(data, from, length);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            checksum.update(data, from, length);
            bytes += length;
        }
    }
}
