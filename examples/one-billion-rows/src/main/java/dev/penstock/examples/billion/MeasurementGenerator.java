package dev.penstock.examples.billion;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes made-up measurements: {@code station;temperature} a line, temperatures with one digit behind the point.
 *
 * <p>Usage: {@code MeasurementGenerator <rows> <file> [seed]}.
 */
public final class MeasurementGenerator {
    private static final int STATIONS = 413;
    private static final int BUFFER_BYTES = 1 << 20;

    private MeasurementGenerator() {}

    /** Writes as many rows as are named first to the file that is named next. */
    public static void main(String[] arguments) throws IOException {
        long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
        write(Long.parseLong(arguments[0]), Path.of(arguments[1]), seed);
    }

    /** The same rows for the same seed. */
    static void write(long rows, Path file, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            for (long row = 0; row < rows; row++) {
                int station = random.nextInt(STATIONS);
                int tenths = Math.max(-999, Math.min(999, station % 350 - 50 + (int) (100 * gaussian(random))));
                out.write(line(station, tenths).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String line(int station, int tenths) {
        int digits = Math.abs(tenths);
        return "Station " + station + ";" + (tenths < 0 ? "-" : "") + digits / 10 + "." + digits % 10 + "\n";
    }

    /** Nearly a normal distribution with a standard deviation of one. */
    private static double gaussian(SplittableRandom random) {
        double sum = -6;
        for (int part = 0; part < 12; part++) {
            sum += random.nextDouble();
        }
        return sum;
    }
}
