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

    /** The command up to the name of the class: small, without the second compiler, without files in /tmp. */
    static List<String> quick(String classPath) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xms32m",
                "-Xmx256m"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> PASSED_ON.stream().anyMatch(argument::startsWith))
                .forEach(command::add);
        command.add("-cp");
        command.add(classPath);
        return command;
    }
}
