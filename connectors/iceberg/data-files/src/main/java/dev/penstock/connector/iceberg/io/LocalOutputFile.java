package dev.penstock.connector.iceberg.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** A file of this machine to write: with its directories, and on the disk for good once it is closed. */
record LocalOutputFile(String location) implements OutputFile {
    private static final int BUFFER_BYTES = 1 << 16;

    @Override
    public PositionOutputStream create() {
        try {
            return open(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new AlreadyExistsException(e, "Cannot create '%s': it exists", location);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create '" + location + "'", e);
        }
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        try {
            return open(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write '" + location + "'", e);
        }
    }

    private PositionOutputStream open(OpenOption... options) throws IOException {
        Path path = LocalFileIO.path(location);
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        return new Stream(FileChannel.open(path, options), directory == null ? path : directory);
    }

    @Override
    public InputFile toInputFile() {
        return LocalInputFile.of(location);
    }

    private static final class Stream extends PositionOutputStream {
        private final FileChannel channel;
        private final Path directory;
        private final OutputStream out;
        private long position;

        Stream(FileChannel channel, Path directory) {
            this.channel = channel;
            this.directory = directory;
            this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            position++;
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            position += count;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            if (!channel.isOpen()) {
                return;
            }
            try (channel) {
                out.flush();
                channel.force(true);
            }
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }
}
