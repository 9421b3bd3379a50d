package dev.penstock.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs a command to its end and reads from {@code /proc} what it took. */
final class ProcessWatch {
    private static final Pattern MEASURED =
            Pattern.compile("measured units=([0-9.E]+) seconds=([0-9.E-]+)(?: cpu=([0-9.E-]+))?");
    private static final int CLOCK_TICKS = 100;
    private static final long LOOK_EVERY_MILLIS = 10;

    private final Map<Long, Double> cpuSeconds = new HashMap<>();
    private double rssMib;

    private ProcessWatch() {}

    /**
     * Runs {@code contender} on {@code cores}.
     *
     * @throws IOException if it cannot be started or fails, with all it printed
     */
    static Measurement run(Contender contender, Cores cores) throws IOException, InterruptedException {
        return new ProcessWatch().watch(contender, cores);
    }

    private Measurement watch(Contender contender, Cores cores) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(cores.command(contender))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .start();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        while (process.isAlive()) {
            look(process.toHandle());
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        double wall = (System.nanoTime() - start) / 1e9;
        String printed = output.join();
        if (process.exitValue() != 0) {
            throw new IOException("Cannot finish contender '" + contender.name() + "': exit code " + process.exitValue()
                    + "\n" + printed);
        }
        return measured(contender, printed, wall);
    }

    private Measurement measured(Contender contender, String printed, double wall) {
        double cpu =
                cpuSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
        Matcher matcher = MEASURED.matcher(printed);
        if (!matcher.find()) {
            return new Measurement(contender.units(), wall, rssMib, cpu);
        }
        double measuredCpu = matcher.group(3) == null ? cpu : Double.parseDouble(matcher.group(3));
        return new Measurement(
                Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)), rssMib, measuredCpu);
    }

    private void look(ProcessHandle process) {
        Stream.concat(Stream.of(process), process.descendants()).forEach(one -> {
            try {
                rssMib = Math.max(rssMib, peakRss(one.pid()));
                cpuSeconds.put(one.pid(), cpu(one.pid()));
            } catch (IOException | RuntimeException e) {
                // The process ended between the listing and the look; what was seen last stands.
                return;
            }
        });
    }

    private static double peakRss(long pid) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
        return lines.stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    private static double cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / CLOCK_TICKS;
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
