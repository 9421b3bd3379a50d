package dev.penstock.connector.iceberg.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * Files of this machine, without Hadoop; for tables whose location is a path or begins with {@code file:}. Public
 * because Iceberg makes it by its name. Thread safe.
 */
public final class LocalFileIO implements FileIO, SupportsPrefixOperations {
    private static final long serialVersionUID = 1;

    /** For Iceberg. */
    public LocalFileIO() {}

    /** The path of a location. */
    public static Path path(String location) {
        if (location.startsWith("file://")) {
            return Path.of(location.substring("file://".length()));
        }
        return Path.of(location.startsWith("file:") ? location.substring("file:".length()) : location);
    }

    @Override
    public InputFile newInputFile(String location) {
        return LocalInputFile.of(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutputFile(location);
    }

    @Override
    public void deleteFile(String location) {
        try {
            Files.deleteIfExists(path(location));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete '" + location + "'", e);
        }
    }

    /** The files whose location begins with {@code prefix}; if that ends with a slash, those in that directory. */
    @Override
    public Iterable<FileInfo> listPrefix(String prefix) {
        Path path = path(prefix);
        boolean whole = prefix.endsWith("/");
        Path directory = whole || Files.isDirectory(path) || path.getParent() == null ? path : path.getParent();
        String root = prefix.substring(0, prefix.indexOf(path.toString()));
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file ->
                            whole ? file.startsWith(path) : file.toString().startsWith(path.toString()))
                    .filter(Files::isRegularFile)
                    .flatMap(file -> info(root, file).stream())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list '" + prefix + "'", e);
        }
    }

    private static List<FileInfo> info(String root, Path file) {
        try {
            return List.of(new FileInfo(
                    root + file,
                    Files.size(file),
                    Files.getLastModifiedTime(file).toMillis()));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at '" + file + "'", e);
        }
    }

    @Override
    public void deletePrefix(String prefix) {
        listPrefix(prefix).forEach(file -> deleteFile(file.location()));
    }
}
