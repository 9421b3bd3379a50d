package dev.penstock.conformance.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The large native libraries of a jar.
 *
 * @param jar the jar
 * @param names of the entries of this machine's system
 */
record LargeLibraries(Path jar, Set<String> names) {
    private static final long LARGE = 8L << 20;
    private static final String SUFFIX = System.mapLibraryName("").replaceFirst(".*(?=\\.)", "");
    private static final List<Set<String>> MACHINES =
            List.of(Set.of("amd64", "x86_64", "x86-64", "x64"), Set.of("aarch64", "aarch_64", "arm64"));

    LargeLibraries {
        names = Set.copyOf(names);
    }

    static LargeLibraries of(Path jar) throws IOException {
        try (ZipFile open = new ZipFile(jar.toFile())) {
            return new LargeLibraries(
                    jar,
                    open.stream()
                            .filter(entry -> entry.getName().endsWith(SUFFIX) && entry.getSize() >= LARGE)
                            .map(ZipEntry::getName)
                            .collect(Collectors.toSet()));
        }
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Puts those that may be for this machine below {@code directory}, under the names that they have in the jar. */
    void unpack(Path directory) throws IOException {
        try (ZipFile open = new ZipFile(jar.toFile())) {
            for (String name : names) {
                Path file = directory.resolve(name).normalize();
                if (isForThisMachine(name) && file.startsWith(directory) && Files.notExists(file)) {
                    Files.createDirectories(file.resolveSibling(""));
                    try (InputStream in = open.getInputStream(open.getEntry(name))) {
                        Files.copy(in, file);
                    }
                }
            }
        }
    }

    /** Unless its name says that it is for another. */
    private static boolean isForThisMachine(String name) {
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return MACHINES.stream()
                .filter(names -> !names.contains(machine))
                .flatMap(Set::stream)
                .noneMatch(name::contains);
    }

    /**
     * Writes all else that is in the jar to {@code lighter}, which is new; of entries of one name, the one that is
     * found by it.
     */
    Path without(Path lighter) throws IOException {
        Set<String> leftOut = new HashSet<>(names);
        try (ZipFile open = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(lighter))) {
            for (ZipEntry entry : Collections.list(open.entries())) {
                if (leftOut.add(entry.getName())) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream in = open.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                    out.closeEntry();
                }
            }
        }
        return lighter;
    }
}
