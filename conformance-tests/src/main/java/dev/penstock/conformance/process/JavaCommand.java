package dev.penstock.conformance.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a process that lives for half a second is started. */
final class JavaCommand {
    private static final List<String> PASSED_ON =
            List.of("--add-opens", "--add-exports", "--add-modules", "--enable-native-access");

    private JavaCommand() {}

    /**
     * The command up to the name of the class: small, and without the second compiler.
     *
     * @param temporary gets what a killed process cannot remove any more
     * @param options more of the JVM
     */
    static List<String> quick(String classPath, Path temporary, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xms32m",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + temporary));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> PASSED_ON.stream().anyMatch(argument::startsWith))
                .forEach(command::add);
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        return command;
    }
}
