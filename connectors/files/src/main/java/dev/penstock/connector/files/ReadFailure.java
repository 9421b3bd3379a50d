package dev.penstock.connector.files;

import dev.penstock.format.records.Compression;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.DataException;
import dev.penstock.spi.data.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with one file and not with its neighbours: it may not be read, or cannot be unpacked. */
final class ReadFailure {
    private ReadFailure() {}

    static boolean isOfFile(IOException failure) {
        return failure instanceof AccessDeniedException || Compression.isDamage(failure);
    }

    static BadRow badRow(String partition, String position, byte[] bytes, IOException failure) {
        return new BadRow(partition, position, Bytes.copyOf(bytes), cause(partition, failure));
    }

    private static String cause(String partition, IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "Cannot read '" + partition + "': permission denied; give the process read access to it";
        }
        return "Cannot unpack '" + partition + "': "
                + (Compression.isTruncation(failure)
                        ? "the file ends in the middle of its packed data"
                        : failure.getMessage())
                + "; what came before was read, replace the file by a whole one to read the rest";
    }

    /**
     * What is known of a regular file.
     *
     * @param known whether the file has been read before
     * @throws NoSuchFileException if there is none
     * @throws DataException if it was read before and its directory may no longer be entered: to go on would forget how
     *     far it was read
     */
    static BasicFileAttributes attributesOf(Path file, String partition, boolean known) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            if (!found.isRegularFile()) {
                throw new NoSuchFileException(file.toString());
            }
            return found;
        } catch (AccessDeniedException e) {
            if (known) {
                throw new DataException(
                        "Cannot look at '" + partition
                                + "', which was read before: permission denied; give the process access to its directory",
                        e);
            }
            throw e;
        }
    }

    static Optional<BasicFileAttributes> attributes(Path file) {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a file that could not be read is as it was then. */
    static boolean isUnchanged(Path file, BasicFileAttributes then) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return now.size() == then.size() && now.lastModifiedTime().equals(then.lastModifiedTime());
    }

    /** What fails in closing a file that was only read has lost nothing. */
    static void closeQuietly(@Nullable Closeable open) {
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Nothing was written, so there is nothing to save.
            }
        }
    }
}
