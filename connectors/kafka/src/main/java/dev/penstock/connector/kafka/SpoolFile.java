package dev.penstock.connector.kafka;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A file of records that is being written. */
final class SpoolFile implements Closeable {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final CRC32C checksum = new CRC32C();
    private final DataOutputStream out;
    private long rows;

    SpoolFile(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        OutputStream checked = new CheckedOutputStream(Channels.newOutputStream(channel), checksum);
        this.out = new DataOutputStream(new BufferedOutputStream(checked, BUFFER_BYTES));
    }

    void append(ProducerRecord<byte[], byte @Nullable []> record) throws IOException {
        SpoolRecord.write(record, out);
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
        return new SpoolHandle(String.valueOf(file.getFileName()), bytes, rows, (int) checksum.getValue());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
