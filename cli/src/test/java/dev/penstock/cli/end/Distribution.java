package dev.penstock.cli.end;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts {@code bin/penstock} of the distribution that the build has made. */
final class Distribution {
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private Distribution() {}

    static Path home() {
        try {
            return Path.of(Files.readString(Path.of("target/distribution")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("build the distribution first: ./mvnw -Dquick -DskipTests package", e);
        }
    }

    /** Runs a command to its end. */
    static Ended run(Path directory, String... arguments) {
        return start(directory, arguments).await();
    }

    /** Starts a command; what it writes goes to files in {@code directory}. */
    static Started start(Path directory, String... arguments) {
        return start(List.of(), directory, arguments);
    }

    /** Starts a command through another one, such as one that changes the user. */
    static Started start(List<String> prefix, Path directory, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(home().resolve("bin/penstock").toString());
        command.addAll(List.of(arguments));
        return launch(command, directory);
    }

    /** Runs any command to its end, such as a script of an example. */
    static Ended execute(List<String> command, Path directory) {
        return launch(command, directory).await();
    }

    private static Started launch(List<String> command, Path directory) {
        try {
            Path out = Files.createTempFile(directory, "run", ".out");
            Path err = Files.createTempFile(directory, "run", ".err");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new Started(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a process ended, and what it said. */
    record Ended(int exitCode, String out, String err) {}

    /** A process that may be running. */
    record Started(Process process, Path outFile, Path errFile) implements AutoCloseable {
        Ended await() {
            try {
                if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError("still running after " + DEADLINE + ": " + Files.readString(errFile));
                }
                return new Ended(process.exitValue(), Files.readString(outFile), Files.readString(errFile));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            } finally {
                process.destroyForcibly();
            }
        }

        /** SIGTERM. */
        Ended terminate() {
            process.destroy();
            return await();
        }

        /** SIGKILL. */
        Ended kill() {
            process.destroyForcibly();
            return await();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
