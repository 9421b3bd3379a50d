package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A pipeline in a process of its own, which says a line for each piece of work that it has done and is killed after
 * some of them. The seed decides after how many, and how many workers it has each time.
 *
 * @param main runs the pipeline of a directory, its first argument, with a number of workers, its second; it prints a
 *     line whenever it has done something, and runs for many more lines than {@code mostLines}
 * @param mostLines how many lines it is given at most before it is killed
 */
record KilledChild(Class<?> main, Path directory, int mostLines) {
    private static final int KILLS = Integer.getInteger("kills", 6);
    private static final long SEED = Long.getLong("kills.seed", 20_261_121L);
    private static final String ERRORS = "errors.txt";

    /** Kills it again and again, then lets it come to its end. */
    void runToItsEnd() throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(SEED);
        int landed = 0;
        for (int attempt = 0; landed < KILLS && attempt < 3 * KILLS; attempt++) {
            landed += killAfter(1 + random.nextInt(mostLines), 1 + random.nextInt(3)) ? 1 : 0;
        }
        assertThat(landed).as("kills that hit it while it worked, " + seed()).isGreaterThanOrEqualTo(KILLS / 2);
        run(2);
    }

    /** For messages. */
    static String seed() {
        return "seed " + SEED;
    }

    /** Runs it to its end at once. */
    void run(int workers) throws IOException, InterruptedException {
        int code = exitCode(start(workers));
        assertThat(code)
                .as("%s: %s", seed(), Files.readString(directory.resolve(ERRORS)))
                .isZero();
    }

    private static int exitCode(Process process) throws IOException, InterruptedException {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(line -> {});
        }
        return process.waitFor();
    }

    /** Gives whether it was still at work. */
    private boolean killAfter(int lines, int workers) throws IOException, InterruptedException {
        Process process = start(workers);
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            int read = 0;
            while (read < lines && output.readLine() != null) {
                read++;
            }
            boolean working = read == lines && process.isAlive();
            process.destroyForcibly().waitFor();
            return working;
        }
    }

    private Process start(int workers) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        directory.toString(),
                        String.valueOf(workers))
                .redirectError(directory.resolve(ERRORS).toFile())
                .start();
    }

    /** All lines of the files below {@code out} that a reader sees, in order: none whose path has a dotted name. */
    List<String> written(String out) throws IOException {
        List<String> lines = new ArrayList<>();
        Path root = directory.resolve(out);
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                if (!("/" + root.relativize(file)).contains("/.")) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
        }
        Collections.sort(lines);
        return lines;
    }
}
