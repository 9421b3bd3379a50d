package dev.penstock.cli;

/** The {@code penstock} command. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its {@link ExitCode}. */
    public static void main(String[] arguments) {
        Surroundings surroundings = Surroundings.ofProcess();
        surroundings.home().ifPresent(NativeLibraries::find);
        System.exit(PenstockCommand.execute(surroundings, arguments));
    }
}
