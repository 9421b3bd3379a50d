package dev.penstock.connector.files;

import dev.penstock.format.records.Compression;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that is being read, and whether it is still the one under its name. */
record OpenFile(
        Path path, Content content, long size, @Nullable Object fileKey) implements Closeable {
    /** The difference between a file and none. */
    static final String GONE = "the file is gone";

    static OpenFile open(Path path, Compression compression, BasicFileAttributes found) throws IOException {
        return new OpenFile(path, Content.open(path, compression), found.size(), found.fileKey());
    }

    /** How the file under the name differs from the open one, if it does. */
    Optional<String> difference() throws IOException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return Optional.of(GONE);
        }
        if (!Objects.equals(now.fileKey(), fileKey)) {
            return Optional.of("another file is there now");
        }
        return content.isPlain() && now.size() < content.offset()
                ? Optional.of("the file now ends at byte " + now.size())
                : Optional.empty();
    }

    /** Whether a packed file has more bytes than when it was opened, which its unpacking does not see. */
    boolean mustBeReopened() throws IOException {
        return !content.isPlain() && content.fileSize() > size;
    }

    /** How many bytes can be expected to come. */
    long rest() throws IOException {
        return content.isPlain() ? content.fileSize() - content.offset() : Integer.MAX_VALUE;
    }

    /** Whether a file that has been read up to {@code offset} has no more bytes; false if that is not known. */
    boolean endsAt(long offset) throws IOException {
        return content.isPlain() && offset >= content.fileSize();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
