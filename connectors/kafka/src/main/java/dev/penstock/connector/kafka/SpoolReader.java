package dev.penstock.connector.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Reads a file of records that was made durable. */
final class SpoolReader {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Path file;
    private final SpoolHandle handle;

    SpoolReader(Path file, SpoolHandle handle) {
        this.file = file;
        this.handle = handle;
    }

    /** Whether the file is there with all that was made durable. */
    boolean isWhole() throws IOException {
        try {
            return Files.size(file) >= handle.bytes() && checksum() == handle.checksum();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private int checksum() throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = handle.bytes();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), checksum)) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    break;
                }
                left -= read;
            }
        }
        return (int) checksum.getValue();
    }

    /** Gives all records in order. */
    void forEach(Consumer<ProducerRecord<byte[], byte @Nullable []>> action) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            SpoolInput in = new SpoolInput(stream);
            for (long row = 0; row < handle.rows(); row++) {
                action.accept(SpoolRecord.read(in));
            }
        }
    }
}
