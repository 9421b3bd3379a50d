package dev.penstock.connector.iceberg.parquet;

import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of a table's store as Parquet writes one; remembers how far it got. */
final class FileOutput implements OutputFile {
    private static final Logger LOG = LoggerFactory.getLogger(FileOutput.class);

    private final org.apache.iceberg.io.OutputFile file;
    private long written;
    private org.apache.iceberg.io.@Nullable PositionOutputStream open;

    FileOutput(org.apache.iceberg.io.OutputFile file) {
        this.file = file;
    }

    /** The bytes written so far. */
    long written() {
        return written;
    }

    /** Whether the store was asked for the file. */
    boolean begun() {
        return open != null;
    }

    /** Closes the file as it is. Never throws: it is removed next, whatever is in it. */
    void discard() {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("Closing '{}' after {} bytes failed", file.location(), written, e);
        }
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return counted(file.create());
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return counted(file.createOrOverwrite());
    }

    private Counted counted(org.apache.iceberg.io.PositionOutputStream stream) {
        open = stream;
        return new Counted(stream);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    @Override
    public String getPath() {
        return file.location();
    }

    private final class Counted extends PositionOutputStream {
        private final org.apache.iceberg.io.PositionOutputStream stream;

        Counted(org.apache.iceberg.io.PositionOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public long getPos() {
            return written;
        }

        @Override
        public void write(int value) throws IOException {
            stream.write(value);
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
            written += length;
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
