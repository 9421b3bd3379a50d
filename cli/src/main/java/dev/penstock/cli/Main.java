package dev.penstock.cli;

import java.io.IOException;
import java.nio.file.Path;

/** The {@code penstock} command. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its {@link ExitCode}. */
    public static void main(String[] arguments) {
        Surroundings surroundings = Surroundings.ofProcess();
        surroundings.home().ifPresent(NativeLibraries::find);
        System.exit(executeTidily(surroundings, arguments));
    }

    /** Without a directory of its own a command works too; it only leaves more behind if it is killed. */
    private static int executeTidily(Surroundings surroundings, String[] arguments) {
        TemporaryFiles temporary;
        try {
            temporary = TemporaryFiles.claim(Path.of(System.getProperty("java.io.tmpdir")));
        } catch (IOException | UnsupportedOperationException e) {
            return PenstockCommand.execute(surroundings, arguments);
        }
        int exitCode = PenstockCommand.execute(surroundings, arguments);
        try {
            temporary.close();
        } catch (IOException e) {
            // The next process tries again.
            return exitCode;
        }
        return exitCode;
    }
}
