package dev.penstock.cli.plugin;

import dev.penstock.dataflow.LocatedProblem;
import dev.penstock.dataflow.PipelineException;
import dev.penstock.spi.config.Problem;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Directories of classes, and jars.
 *
 * @param entries in the order in which they are searched
 */
public record FlowClassPath(List<Path> entries) {
    private static final String OPTION = "--class-path";
    private static final String ALL_JARS = "*";

    public FlowClassPath {
        entries = List.copyOf(entries);
    }

    /**
     * Reads a path as {@code java -cp} does, with {@code lib/*} for all jars of a directory.
     *
     * @throws PipelineException with all entries that are not there
     */
    public static FlowClassPath parse(String written) {
        List<Path> entries = new ArrayList<>();
        List<LocatedProblem> problems = new ArrayList<>();
        for (String entry : written.split(Pattern.quote(File.pathSeparator), -1)) {
            boolean all = entry.equals(ALL_JARS) || entry.endsWith(File.separator + ALL_JARS);
            Path path = Path.of(all ? entry.substring(0, entry.length() - 1) : entry);
            if (!Files.exists(path)) {
                problems.add(new LocatedProblem(OPTION, 0, missing(path)));
            } else if (all) {
                entries.addAll(jars(path));
            } else {
                entries.add(path);
            }
        }
        if (!problems.isEmpty()) {
            throw new PipelineException(problems);
        }
        return new FlowClassPath(entries);
    }

    private static Problem missing(Path entry) {
        return Problem.error(
                "",
                Problem.Code.NOT_FOUND,
                "there is nothing at '" + entry + "'",
                "build the program first, or correct the path");
    }

    private static List<Path> jars(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list '" + directory + "': " + e.getMessage(), e);
        }
    }

    List<URL> urls() {
        List<URL> urls = new ArrayList<>();
        for (Path entry : entries) {
            try {
                urls.add(entry.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new UncheckedIOException("Cannot load classes from '" + entry + "': " + e.getMessage(), e);
            }
        }
        return urls;
    }

    /** As it could be written. */
    @Override
    public String toString() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
