package dev.penstock.conformance.packaging;

import dev.penstock.spi.Connector;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What became of loading a connector in a process of its own, without network and without writing files.
 *
 * @param exitCode of the process
 * @param output all that it wrote
 * @param denied what it tried and was not let do
 * @param connectors what the connectors said of themselves: name, version, roles, summary
 * @param cpuMillis how much processor time the fastest of a few loads took
 */
public record LoadedAlone(int exitCode, String output, List<String> denied, List<String> connectors, long cpuMillis) {
    private static final long LIMIT_SECONDS = 60;

    /** Loads; the output goes to a file in {@code directory}. */
    public static LoadedAlone of(Packaging packaging, Path directory) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "isolated-load", ".txt");
        Process process = new ProcessBuilder(command(packaging))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("loading the connector did not end within " + LIMIT_SECONDS + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        return read(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    /** Whether network and files were really denied. */
    public static boolean isDenied() {
        return IsolatedLoad.canDeny();
    }

    private static List<String> command(Packaging packaging) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dstdout.encoding=UTF-8"));
        if (IsolatedLoad.canDeny()) {
            command.add("-Djava.security.manager=allow");
        }
        command.addAll(List.of("-cp", classPath(), IsolatedLoad.class.getName()));
        packaging.jars().forEach(jar -> command.add(jar.toString()));
        return command;
    }

    /** The kit, the SPI, and the log that connectors get from Penstock if it is here. */
    private static String classPath() {
        Set<Path> places = new LinkedHashSet<>();
        places.add(Packaging.place(LoadedAlone.class));
        places.add(Packaging.place(Connector.class));
        try {
            places.add(Packaging.place(Class.forName("org.slf4j.Logger")));
        } catch (ClassNotFoundException e) {
            // Then it is not exposed here either.
        }
        return places.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static LoadedAlone read(int exitCode, String output) {
        List<String> times = after(IsolatedLoad.CPU_MILLIS, output);
        return new LoadedAlone(
                exitCode,
                output,
                after(IsolatedLoad.DENIED, output),
                after(IsolatedLoad.CONNECTOR, output),
                times.isEmpty() ? -1 : Long.parseLong(times.get(0)));
    }

    private static List<String> after(String kind, String output) {
        return output.lines()
                .filter(line -> line.startsWith(kind))
                .map(line -> line.substring(kind.length()))
                .toList();
    }
}
