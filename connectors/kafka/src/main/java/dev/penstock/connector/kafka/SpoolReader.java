package dev.penstock.connector.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Reads a file of records that was made durable. */
final class SpoolReader {
    private final Path file;
    private final SpoolHandle handle;

    SpoolReader(Path file, SpoolHandle handle) {
        this.file = file;
        this.handle = handle;
    }

    /** Whether the file is there with as many bytes as were made durable. */
    boolean isComplete() throws IOException {
        try {
            return Files.size(file) >= handle.bytes();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /**
     * Gives all records in order, and none that is not as it was written.
     *
     * @throws SpoolDamagedException if some were changed or are missing; what came before them was given
     */
    void forEach(Consumer<ProducerRecord<byte[], byte @Nullable []>> action) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            SpoolInput in = new SpoolInput(stream, handle.bytes());
            long rows = 0;
            while (in.hasRecord()) {
                action.accept(SpoolRecord.read(in));
                rows++;
            }
            if (rows != handle.rows() || in.checksum() != handle.checksum()) {
                throw new SpoolDamagedException("it is not the file that was made durable");
            }
        } catch (NoSuchFileException e) {
            throw new SpoolDamagedException("it is gone");
        }
    }
}
