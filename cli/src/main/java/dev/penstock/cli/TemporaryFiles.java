package dev.penstock.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The temporary files of this process, in a directory of their own.
 *
 * <p>Libraries unpack their native code into temporary files, hundreds of megabytes with Lance, and delete them when
 * the JVM ends by itself. A killed process cannot, so the next one does it for it: a directory whose lock nobody holds
 * belongs to nobody.
 */
final class TemporaryFiles implements AutoCloseable {
    private static final String PROPERTY = "java.io.tmpdir";
    private static final String LOCK = ".lock";
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private final Path directory;
    private final FileChannel lock;

    private TemporaryFiles(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Makes the directory below {@code place}, and {@value #PROPERTY} of it; call before anything asks for temporary
     * files. Removes those of dead processes.
     *
     * @throws IOException if there can be none, or it would not be safe from other users
     */
    static TemporaryFiles claim(Path place) throws IOException {
        Path common = place.resolve("penstock-" + System.getProperty("user.name"));
        if (!Files.isDirectory(common, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(common, PosixFilePermissions.asFileAttribute(PRIVATE));
        }
        // Who can write here can put code into this process.
        if (!Files.getPosixFilePermissions(common).equals(PRIVATE)
                || !Files.getOwner(common).getName().equals(System.getProperty("user.name"))) {
            throw new IOException("'" + common + "' is open to other users");
        }
        removeThoseOfTheDead(common);
        String name = ProcessHandle.current().pid() + "-" + System.nanoTime();
        FileChannel lock =
                FileChannel.open(common.resolve(name + LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        Path directory = Files.createDirectory(common.resolve(name));
        System.setProperty(PROPERTY, directory.toString());
        return new TemporaryFiles(directory, lock);
    }

    private static void removeThoseOfTheDead(Path common) throws IOException {
        List<Path> locks;
        try (Stream<Path> files = Files.list(common)) {
            locks = files.filter(file -> file.toString().endsWith(LOCK)).toList();
        }
        for (Path file : locks) {
            removeIfDead(file);
        }
    }

    private static boolean removeIfDead(Path file) {
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (other.tryLock() == null) {
                return false;
            }
            String name = file.getFileName().toString();
            delete(file.resolveSibling(name.substring(0, name.length() - LOCK.length())));
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            // Another process that starts just now removes the same ones.
            return false;
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    Path directory() {
        return directory;
    }

    /** Removes everything; what is loaded or open stays usable to this process. */
    @Override
    public void close() throws IOException {
        delete(directory);
        Files.deleteIfExists(directory.resolveSibling(directory.getFileName() + LOCK));
        lock.close();
    }
}
