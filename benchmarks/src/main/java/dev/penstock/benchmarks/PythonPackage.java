package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Packages of Python that peers are: installed below {@code benchmarks/target} once, by the pip of {@code python3}. */
final class PythonPackage {
    private PythonPackage() {}

    /** Where a package is installed; nothing, and a line that says so, where it cannot be. */
    static Optional<Path> installed(Workplace workplace, String name, String version)
            throws IOException, InterruptedException {
        Path target = workplace.root().resolve("benchmarks/target/" + name + "-" + version);
        if (Files.isDirectory(target.resolve(name))) {
            return Optional.of(target);
        }
        System.err.println("installing " + name + " " + version + " ...");
        List<String> command = List.of(
                "python3", "-m", "pip", "install", "--quiet", "--target", target.toString(), name + "==" + version);
        try {
            int exit = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit == 0) {
                return Optional.of(target);
            }
        } catch (IOException e) {
            System.err.println(name + " is left out: there is no python3 (" + e.getMessage() + ")");
            return Optional.empty();
        }
        System.err.println(name + " is left out: '" + String.join(" ", command) + "' failed");
        return Optional.empty();
    }
}
