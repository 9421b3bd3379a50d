package dev.penstock.conformance.process;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A directory of classes as a jar, for what takes jars alone. */
final class PackedDirectory {
    private PackedDirectory() {}

    /** Packs {@code directory} into {@code jar}, which is new; nothing is compressed, as it is read at once. */
    static Path of(Path directory, Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> walk = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            List<Path> files =
                    walk.filter(path -> !path.equals(directory)).sorted().toList();
            for (Path file : files) {
                add(out, file, directory.relativize(file).toString().replace('\\', '/'));
            }
        }
        return jar;
    }

    /** Directories are entries, too: some look their resources up by them. */
    private static void add(ZipOutputStream out, Path file, String name) throws IOException {
        boolean inside = Files.isDirectory(file);
        out.putNextEntry(new ZipEntry(inside ? name + "/" : name));
        if (!inside) {
            Files.copy(file, out);
        }
        out.closeEntry();
    }
}
