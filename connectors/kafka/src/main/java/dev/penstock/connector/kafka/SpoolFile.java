package dev.penstock.connector.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file of records that is being written. */
final class SpoolFile implements Closeable {
    private final Path file;
    private final FileChannel channel;
    private final SpoolOutput out;
    private long rows;

    SpoolFile(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        this.out = new SpoolOutput(channel);
    }

    /** Adds {@code row}, against which nothing speaks, with {@code key}. */
    void append(RowColumns columns, int row, byte @Nullable [] key) throws IOException {
        SpoolRecord.write(columns, row, key, out);
        rows++;
    }

    Path file() {
        return file;
    }

    /** Makes the records durable, and ends the file. */
    SpoolHandle finish() throws IOException {
        out.flush();
        channel.force(false);
        long bytes = channel.size();
        close();
        return new SpoolHandle(String.valueOf(file.getFileName()), bytes, rows, out.checksum());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
