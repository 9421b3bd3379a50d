package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An example with a command of its own, in a directory in which it may write. */
record CopiedExample(Path copy, String name) {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Copies the example, with the commands of the checkout that it calls. */
    static CopiedExample into(Path copy, String name, String... commands) throws IOException {
        CopiedExample example = new CopiedExample(copy, name);
        Path directory = Files.createDirectories(copy.resolve("examples").resolve(name));
        try (Stream<Path> files = Files.list(ROOT.resolve("examples").resolve(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
        for (String command : commands) {
            example.callsTheOneOfTheCheckout(command);
        }
        return example;
    }

    private void callsTheOneOfTheCheckout(String script) throws IOException {
        Path caller = copy.resolve(script);
        Files.createDirectories(caller.getParent());
        Files.writeString(caller, "#!/bin/sh\nexec '" + ROOT.resolve(script) + "' \"$@\"\n");
        assertThat(caller.toFile().setExecutable(true)).isTrue();
    }

    /** Runs its command, which must succeed. */
    Distribution.Ended run() throws IOException {
        Distribution.Ended run = Distribution.execute(
                List.of(copy.resolve("examples").resolve(name).resolve("run").toString()), copy);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    /** The rows it has written to a directory below {@code build}. */
    List<String> rows(String directory) throws IOException {
        return Rows.read(copy.resolve("build").resolve(name).resolve(directory));
    }
}
