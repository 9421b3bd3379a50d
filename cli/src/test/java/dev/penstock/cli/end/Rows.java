package dev.penstock.cli.end;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Files of lines that can be told apart, and what became of them. */
final class Rows {
    private Rows() {}

    /** A file of {@code count} lines of JSON, which appears all at once; gives its lines. */
    static List<String> write(Path file, String group, int count) throws IOException {
        List<String> lines = IntStream.range(0, count)
                .mapToObj(i -> "{\"id\":\"" + group + "-" + i + "\",\"value\":" + i * 31L + "}")
                .toList();
        Files.createDirectories(file.getParent());
        Path temporary = file.resolveSibling(".writing");
        Files.write(temporary, lines);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        return lines;
    }

    /** All lines of the files in a directory that a reader would see, sorted; none if there is no directory. */
    static List<String> read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Rows::isVisible).sorted().toList()) {
                lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
            }
        }
        return lines.stream().sorted().toList();
    }

    private static boolean isVisible(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && !name.startsWith(".") && !name.startsWith("_");
    }
}
