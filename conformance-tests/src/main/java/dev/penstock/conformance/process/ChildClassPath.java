package dev.penstock.conformance.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The class path of child processes: what is on another one, laid out once so that many short lives are cheap.
 *
 * <ul>
 *   <li>Directories become jars: an {@linkplain ClassArchive archive of classes} is of jars alone.
 *   <li>Large native libraries lie unpacked in a directory at the end, and are left out of their jars: each process
 *       would unpack them again, which for one of 180 MB takes longer than all that it lives for.
 * </ul>
 *
 * <p>What is made goes with this process.
 */
final class ChildClassPath {
    private static final Map<String, String> MADE = new ConcurrentHashMap<>();

    private final Path directory = ProcessFiles.directory();
    private final Path libraries = directory.resolve("libraries");

    private ChildClassPath() {}

    /** For children of a process that has {@code classPath}. */
    static String of(String classPath) {
        return MADE.computeIfAbsent(classPath, path -> new ChildClassPath().make(path));
    }

    private String make(String classPath) {
        List<String> entries = new ArrayList<>();
        try {
            for (String entry : classPath.split(File.pathSeparator, -1)) {
                Path path = Path.of(entry);
                if (Files.isDirectory(path)) {
                    entries.add(PackedDirectory.of(path, made(entries, "classes.jar"))
                            .toString());
                } else if (entry.endsWith(".jar") && Files.isRegularFile(path)) {
                    entries.add(jar(path, entries));
                } else if (Files.exists(path)) {
                    entries.add(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lay out a class path for child processes: " + e.getMessage(), e);
        }
        if (Files.exists(libraries)) {
            entries.add(libraries.toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private String jar(Path jar, List<String> before) throws IOException {
        LargeLibraries large = LargeLibraries.of(jar);
        if (large.isEmpty()) {
            return jar.toString();
        }
        large.unpack(libraries);
        return large.without(made(before, String.valueOf(jar.getFileName()))).toString();
    }

    /** Two directories may hold files of one name. */
    private Path made(List<String> before, String name) {
        return directory.resolve(before.size() + "-" + name);
    }
}
