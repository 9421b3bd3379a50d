package dev.penstock.examples.directoryqueue;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A message that is being read, line by line. */
final class MessageFile implements AutoCloseable {
    /** Longer lines are bad rows: one of them must not fill the memory. */
    static final int MAX_LINE_BYTES = 8 << 20;

    private final InputStream in;
    private long offset;
    private Optional<Line> next = Optional.empty();

    /**
     * A line.
     *
     * @param bytes its content, without the line feed; the beginning of it if it is too long
     * @param length the bytes that it takes in the message
     */
    record Line(byte[] bytes, long length) {
        boolean isTooLong() {
            return length > MAX_LINE_BYTES;
        }
    }

    private MessageFile(InputStream in, long offset) {
        this.in = in;
        this.offset = offset;
    }

    /** Opens {@code file} at {@code offset}; an {@link EOFException} if it ends before. */
    static MessageFile open(Path file, long offset) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        if (offset > channel.size()) {
            channel.close();
            throw new EOFException("it ends before byte " + offset);
        }
        return new MessageFile(new BufferedInputStream(Channels.newInputStream(channel.position(offset))), offset);
    }

    /** Where the next line starts. */
    long offset() {
        return offset;
    }

    /** The next line, the same one until it is taken; empty at the end. */
    Optional<Line> peek() throws IOException {
        if (next.isEmpty()) {
            next = read();
        }
        return next;
    }

    /** Goes on behind the line that {@link #peek} gave. */
    void take() {
        offset += next.orElseThrow().length();
        next = Optional.empty();
    }

    private Optional<Line> read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long length = 0;
        for (int read = in.read(); read >= 0; read = in.read()) {
            length++;
            if (read == '\n') {
                return Optional.of(new Line(bytes.toByteArray(), length));
            }
            if (length <= MAX_LINE_BYTES) {
                bytes.write(read);
            }
        }
        return length == 0 ? Optional.empty() : Optional.of(new Line(bytes.toByteArray(), length));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
