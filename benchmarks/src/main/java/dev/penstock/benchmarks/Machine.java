package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
final class Machine {
    private Machine() {}

    static String description() throws IllegalStateException {
        return Runtime.getRuntime().availableProcessors() + " cores, " + memoryGib() + " GiB";
    }

    private static long memoryGib() {
        try {
            String total = Files.readAllLines(Path.of("/proc/meminfo")).get(0).replaceAll("[^0-9]", "");
            return Math.round(Double.parseDouble(total) / (1 << 20));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read /proc/meminfo: the benchmarks need Linux", e);
        }
    }
}
