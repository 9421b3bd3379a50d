package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline file as it was written: YAML with its variables filled in and overrides applied, each value knowing its
 * line. Nothing is checked beyond that; {@link Planner} does.
 */
public final class PipelineFile {
    private static final int MAX_BYTES = 1 << 20;
    private static final String OVERRIDE = "--set";

    private final String name;
    private final Path baseDirectory;
    private final Tree.Mapping root;
    private final Set<String> overridden;

    PipelineFile(String name, Path baseDirectory, Tree.Mapping root, Set<String> overridden) {
        this.name = requireNonNull(name, "name");
        this.baseDirectory = requireNonNull(baseDirectory, "baseDirectory");
        this.root = requireNonNull(root, "root");
        this.overridden = Set.copyOf(overridden);
    }

    /**
     * Reads {@code file}.
     *
     * @param environment what {@code ${NAME}} and {@code ${NAME:-default}} in values stand for; with a second dollar
     *     sign before it, it is the text itself
     * @param overrides each {@code key.path=value}, for example {@code sinks.0.uri=./other} or
     *     {@code sink.uri=./other}; the value is YAML; applied in order
     * @throws PipelineException with all problems found, if the file cannot be read, is not YAML, names variables that
     *     are not set, or an override does not fit
     */
    public static PipelineFile read(Path file, Map<String, String> environment, List<String> overrides) {
        String name = file.toString();
        return parse(name, directory(file), content(file), environment, overrides);
    }

    /** As {@link #read}, of {@code text} that stands in the file {@code name} of {@code baseDirectory}. */
    static PipelineFile parse(
            String name, Path baseDirectory, String text, Map<String, String> environment, List<String> overrides) {
        Tree tree = new YamlReader(name, Expansion.of(environment)).read(text);
        if (!(tree instanceof Tree.Mapping root)) {
            throw refuse(name, tree.line(), Problem.Code.WRONG_TYPE, "is not a mapping of keys to values", "");
        }
        Overrides applied = Overrides.apply(root, overrides);
        return new PipelineFile(name, baseDirectory, applied.root(), applied.paths());
    }

    private static Path directory(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                .orElse(file.toAbsolutePath());
    }

    private static String content(Path file) {
        String name = file.toString();
        if (!Files.exists(file)) {
            throw refuse(name, 0, Problem.Code.NOT_FOUND, "does not exist", "name the pipeline file");
        }
        if (Files.isDirectory(file)) {
            throw refuse(name, 0, Problem.Code.NOT_FOUND, "is a directory", "name the pipeline file in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw refuse(
                        name,
                        0,
                        Problem.Code.OUT_OF_RANGE,
                        "is larger than 1 MiB",
                        "this is no pipeline; name another");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refuse(name, 0, Problem.Code.INVALID, "is not UTF-8", "save it as UTF-8");
        } catch (IOException e) {
            throw refuse(name, 0, Problem.Code.PRIVILEGE, "cannot be read: " + e, "make it readable");
        }
    }

    private static PipelineException refuse(String name, int line, Problem.Code code, String reason, String remedy) {
        return new PipelineException(List.of(new LocatedProblem(name, line, Problem.error("", code, reason, remedy))));
    }

    /** The file as it was named. */
    public String name() {
        return name;
    }

    /** Where relative paths of the pipeline start: the directory of the file. */
    public Path baseDirectory() {
        return baseDirectory;
    }

    /** What was written. */
    Tree.Mapping root() {
        return root;
    }

    /** The place of {@code problem}, and the problem without what variables stood for. */
    LocatedProblem locate(Problem problem) {
        String path = problem.path();
        if (overridden.stream().anyMatch(set -> path.equals(set) || path.startsWith(set + "."))) {
            return new LocatedProblem(OVERRIDE, 0, problem);
        }
        TreePath found = TreePath.walk(root, path);
        return new LocatedProblem(name, found.line(), Unexpanded.hide(problem, found.value()));
    }
}
