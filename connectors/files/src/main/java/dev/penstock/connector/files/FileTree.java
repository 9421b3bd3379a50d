package dev.penstock.connector.files;

import dev.penstock.format.records.Glob;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files below a directory that a pipeline reads: regular, not hidden (by a leading dot), matched by a glob.
 *
 * <p>A directory that cannot be listed is itself given as an entry, so that it is reported and its neighbours are read.
 */
final class FileTree {
    private final Path root;
    private final Glob glob;
    private final boolean followLinks;

    FileTree(Path root, Glob glob, boolean followLinks) {
        this.root = root;
        this.glob = glob;
        this.followLinks = followLinks;
    }

    /**
     * All files now, by name.
     *
     * @throws IOException if the root itself cannot be listed
     */
    List<FileName> list() throws IOException {
        List<FileName> found = new ArrayList<>();
        Set<FileVisitOption> options =
                followLinks ? EnumSet.of(FileVisitOption.FOLLOW_LINKS) : EnumSet.noneOf(FileVisitOption.class);
        Files.walkFileTree(root.toRealPath(), options, Integer.MAX_VALUE, new Visitor(root.toRealPath(), found));
        found.sort(Comparator.comparing(FileName::raw));
        return found;
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path start;
        private final List<FileName> found;

        Visitor(Path start, List<FileName> found) {
            this.start = start;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return isHidden(directory) && !directory.equals(start)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(file)) {
                FileName name = FileName.of(start, file);
                if (glob.matches(name.shown())) {
                    found.add(name);
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (file.equals(start)) {
                throw failure;
            }
            boolean harmless = failure instanceof NoSuchFileException || failure instanceof FileSystemLoopException;
            if (!harmless && !isHidden(file)) {
                found.add(FileName.of(start, file));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private static boolean isHidden(Path file) {
        return Objects.requireNonNullElse(file.getFileName(), file).toString().startsWith(".");
    }
}
