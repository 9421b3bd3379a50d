package dev.penstock.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildClassPathTest {
    private static final String LIBRARY = "native/" + System.mapLibraryName("large");

    @TempDir
    Path directory;

    @Test
    void directoriesBecomeJarsInTheirPlaces() throws IOException {
        Path first = Files.createDirectories(directory.resolve("a/classes"));
        Files.writeString(Files.createDirectories(first.resolve("p/q")).resolve("C.class"), "c");
        Path second = Files.createDirectories(directory.resolve("b/classes"));
        Files.writeString(second.resolve("d.txt"), "d");
        List<Path> made = made(first + File.pathSeparator + directory.resolve("absent") + File.pathSeparator + second);
        assertThat(made).hasSize(2).allMatch(Files::isRegularFile);
        assertThat(names(made.get(0))).containsExactly("p/", "p/q/", "p/q/C.class");
        assertThat(names(made.get(1))).containsExactly("d.txt");
    }

    @Test
    void whatADirectoryLinksToIsPackedToo() throws IOException {
        Path linked = Files.createDirectories(directory.resolve("linked"));
        Files.writeString(linked.resolve("C.class"), "c");
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Files.createSymbolicLink(classes.resolve("p"), linked);
        assertThat(names(made(classes.toString()).get(0))).containsExactly("p/", "p/C.class");
    }

    @Test
    void ofEntriesOfOneNameOneIsLeft() throws IOException {
        Path jar = directory.resolve("twice.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("a.txt", "b.txt", LIBRARY)) {
                out.putNextEntry(new ZipEntry(name));
                out.write(new byte[name.equals(LIBRARY) ? 9 << 20 : 1]);
            }
        }
        String bytes = Files.readString(jar, StandardCharsets.ISO_8859_1);
        Files.writeString(jar, bytes.replace("b.txt", "a.txt"), StandardCharsets.ISO_8859_1);
        assertThat(names(made(jar.toString()).get(0))).containsExactly("a.txt");
    }

    @Test
    void largeLibrariesLieUnpackedAtTheEndAndAreInTheirJarsNoMore() throws IOException {
        Path jar = directory.resolve("with.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("p/C.class"));
            out.putNextEntry(new ZipEntry(LIBRARY));
            out.write(new byte[9 << 20]);
        }
        Path plain = directory.resolve("plain.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(plain))) {
            out.putNextEntry(new ZipEntry("d.txt"));
        }
        List<Path> made = made(jar + File.pathSeparator + plain);
        assertThat(made).hasSize(3).element(1).isEqualTo(plain);
        assertThat(names(made.get(0))).containsExactly("p/C.class");
        assertThat(made.get(2).resolve(LIBRARY)).hasSize(9 << 20);
    }

    private static List<Path> made(String classPath) {
        return List.of(ChildClassPath.of(classPath).split(File.pathSeparator, -1)).stream()
                .map(Path::of)
                .toList();
    }

    private static List<String> names(Path jar) throws IOException {
        try (ZipFile open = new ZipFile(jar.toFile())) {
            return open.stream().map(ZipEntry::getName).toList();
        }
    }
}
