package dev.penstock.conformance.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Large native libraries, unpacked once for all child processes: each process would unpack them again from its jars,
 * which for one of 180 MB takes longer than all that it lives for.
 *
 * <p>They lie in a directory that comes first on the class path, under the names that they have in the jars. It goes
 * with this process.
 */
final class UnpackedLibraries {
    private static final long LARGE = 8L << 20;
    private static final String SUFFIX = System.mapLibraryName("").replaceFirst(".*(?=\\.)", "");
    private static final List<Set<String>> MACHINES =
            List.of(Set.of("amd64", "x86_64", "x86-64", "x64"), Set.of("aarch64", "aarch_64", "arm64"));
    private static final Map<String, String> COMPLETED = new ConcurrentHashMap<>();

    private UnpackedLibraries() {}

    /** The class path with the directory before it, if there is anything to unpack. */
    static String before(String classPath) {
        return COMPLETED.computeIfAbsent(classPath, UnpackedLibraries::complete);
    }

    private static String complete(String classPath) {
        List<Path> jars = Arrays.stream(classPath.split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar") && Files.isRegularFile(path))
                .toList();
        try {
            Path directory = Files.createTempDirectory("penstock-libraries-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory), "penstock-libraries"));
            for (Path jar : jars) {
                unpack(jar, directory);
            }
            return directory + File.pathSeparator + classPath;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack native libraries: " + e.getMessage(), e);
        }
    }

    private static void unpack(Path jar, Path directory) throws IOException {
        try (JarFile open = new JarFile(jar.toFile())) {
            List<JarEntry> libraries =
                    open.stream().filter(UnpackedLibraries::isWanted).toList();
            for (JarEntry library : libraries) {
                Path file = directory.resolve(library.getName()).normalize();
                if (file.startsWith(directory) && Files.notExists(file)) {
                    Files.createDirectories(file.resolveSibling(""));
                    try (InputStream in = open.getInputStream(library)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
    }

    private static boolean isWanted(JarEntry entry) {
        return entry.getName().endsWith(SUFFIX) && entry.getSize() >= LARGE && isForThisMachine(entry.getName());
    }

    /** Unless its name says that it is for another. */
    private static boolean isForThisMachine(String name) {
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return MACHINES.stream()
                .filter(names -> !names.contains(machine))
                .flatMap(Set::stream)
                .noneMatch(name::contains);
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // The system clears its temporary files.
        }
    }
}
