package dev.penstock.connector.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prints how fast objects of lines are read and thrown away, beside threads that do nothing but get them with the SDK,
 * as many as the source has requests under way. Arguments: how many objects, of how many bytes, how many rounds.
 */
public final class Rates {
    private static final int SHARDS = 8;
    private static final int READ_AHEAD = 2;
    private static final String PREFIX = "rates/";
    private static final double MIB = 1 << 20;

    private Rates() {}

    /** Measures. */
    public static void main(String[] args) throws Exception {
        int objects = Integer.parseInt(args[0]);
        int bytes = Integer.parseInt(args[1]);
        try (Service service = new Service()) {
            byte[] content = ("x".repeat(204) + "\n")
                    .repeat(bytes / 205 + 1)
                    .substring(0, bytes)
                    .getBytes(UTF_8);
            for (int object = 0; object < objects; object++) {
                service.put(PREFIX + object, content);
            }
            for (int round = 0; round < Integer.parseInt(args[2]); round++) {
                measure("sdk   ", () -> bySdk(service));
                measure("source", () -> bySource(service));
            }
        }
    }

    private static void measure(String what, Callable<Long> reading) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        long read = reading.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s %8.1f MiB  %7.1f MiB/s  %6.2f CPU s%n",
                what,
                read / MIB,
                read / MIB / seconds,
                cpuSeconds);
    }

    private static long bySdk(Service service) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SHARDS * READ_AHEAD);
        try {
            List<Future<Integer>> replies = new ArrayList<>();
            for (String key : service.keys(PREFIX)) {
                replies.add(threads.submit(() -> service.bytes(key).length));
            }
            long read = 0;
            for (Future<Integer> reply : replies) {
                read += reply.get();
            }
            return read;
        } finally {
            threads.shutdown();
        }
    }

    private static long bySource(Service service) throws Exception {
        Map<String, Object> settings = service.settings(PREFIX, Map.of("shards", SHARDS, "read-ahead", READ_AHEAD));
        Source source = new S3Connector().source(Service.config(Role.SOURCE, settings));
        try (source) {
            source.open(new KitContext("rates", "source", 1, Files.createTempDirectory("rates")));
            List<SourcePartition> open = new ArrayList<>();
            for (Partition partition : source.discover(Duration.ofSeconds(5)).partitions()) {
                open.add(source.partition(partition, Optional.empty()));
            }
            long read = 0;
            while (!open.isEmpty()) {
                for (SourcePartition reader : List.copyOf(open)) {
                    Poll poll = reader.poll(10_000, 4 << 20, Duration.ZERO);
                    if (poll instanceof Poll.End) {
                        reader.close();
                        open.remove(reader);
                    } else if (poll instanceof Poll.Rows found) {
                        read += found.rows().sizeInBytes();
                    }
                }
            }
            return read;
        }
    }
}
