package dev.penstock.connector.lancedb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files of the local file system. */
final class LocalFiles implements TableFiles {
    @Override
    public List<String> list(String directory) {
        try (Stream<Path> found = Files.list(Path.of(directory))) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw LanceErrors.wrap("list directory '" + directory + "'", e);
        }
    }

    @Override
    public boolean exists(String file) {
        return Files.exists(Path.of(file));
    }

    @Override
    public Optional<byte[]> read(String file) {
        try {
            return Optional.of(Files.readAllBytes(Path.of(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw LanceErrors.wrap("read file '" + file + "'", e);
        }
    }

    @Override
    public void write(String file, byte[] content) {
        try {
            Path target = Path.of(file);
            Path directory = Files.createDirectories(target.resolveSibling(""));
            Path temporary = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
            Files.write(temporary, content);
            force(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            force(directory);
        } catch (IOException e) {
            throw LanceErrors.wrap("write file '" + file + "'", e);
        }
    }

    @Override
    public void makeDurable(String directory) {
        try (Stream<Path> found = Files.list(Path.of(directory))) {
            for (Path file : found.toList()) {
                force(file);
            }
            force(Path.of(directory));
        } catch (IOException e) {
            throw LanceErrors.wrap("make the files of directory '" + directory + "' durable", e);
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void move(String from, String to) {
        try {
            Path target = Path.of(to);
            Files.createDirectories(target.resolveSibling(""));
            Files.move(Path.of(from), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw LanceErrors.wrap("move file '" + from + "' to '" + to + "'", e);
        }
    }

    @Override
    public void delete(String path) {
        try {
            Files.walkFileTree(Path.of(path), new Deleting());
        } catch (NoSuchFileException e) {
            return; // somebody else was faster
        } catch (IOException e) {
            throw LanceErrors.wrap("delete '" + path + "'", e);
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
            if (error instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw error;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException error) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
