package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Poll;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Prints how fast lines are read and written; run by hand, with a directory and a number of megabytes. */
final class Rates {
    private static final int ROUNDS = 5;

    private Rates() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        long bytes = Long.parseLong(arguments[1]) * 1_000_000;
        generate(directory.resolve("in.ndjson"), bytes);
        for (int round = 0; round < ROUNDS; round++) {
            read(directory);
            copy(directory, Long.MAX_VALUE);
            copy(directory, 1_000);
            copy(directory, 100);
        }
    }

    private static void generate(Path file, long bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            StringBuilder block = new StringBuilder();
            for (int i = 0; i < 5_000; i++) {
                block.append("{\"id\":").append(i).append(",\"name\":\"somebody\",\"text\":\"");
                block.append("lorem ipsum ".repeat(4 + i % 20)).append("\"}\n");
            }
            byte[] piece = block.toString().getBytes(UTF_8);
            for (long written = 0; written < bytes; written += piece.length) {
                out.write(piece);
            }
        }
    }

    private static void read(Path directory) {
        long started = System.nanoTime();
        AtomicLong bytes = new AtomicLong();
        AtomicLong rows = new AtomicLong();
        each(directory, batch -> {
            rows.addAndGet(batch.rowCount());
            bytes.addAndGet(batch.sizeInBytes());
        });
        print("read", started, bytes.get(), rows.get());
    }

    private static void copy(Path directory, long epochMillis) throws IOException {
        Path out = directory.resolve("out");
        Durable.delete(out);
        long started = System.nanoTime();
        AtomicLong bytes = new AtomicLong();
        AtomicLong rows = new AtomicLong();
        try (Writing writing = Writing.of(directory, "path", "out/")) {
            Epochs epochs = new Epochs(writing, epochMillis);
            each(directory, batch -> {
                rows.addAndGet(batch.rowCount());
                bytes.addAndGet(batch.sizeInBytes());
                epochs.write(batch);
            });
            epochs.seal();
            print("copy, " + epochs.epoch + " epochs of " + epochMillis + " ms", started, bytes.get(), rows.get());
        }
    }

    /** Ends an epoch whenever its time is over. */
    private static final class Epochs {
        private final Writing writing;
        private final long millis;
        private long began = System.nanoTime();
        private long epoch = 1;

        Epochs(Writing writing, long millis) {
            this.writing = writing;
            this.millis = millis;
            writing.writer(0).begin(new EpochId(writing.run, epoch));
        }

        void write(RecordBatch batch) {
            writing.writer(0).write(batch);
            if (System.nanoTime() - began
                    > Duration.ofMillis(Math.min(millis, 1_000_000)).toNanos()) {
                seal();
                epoch++;
                began = System.nanoTime();
                writing.writer(0).begin(new EpochId(writing.run, epoch));
            }
        }

        void seal() {
            List<Prepared> handles = writing.writer(0).prepare().stream().toList();
            if (!handles.isEmpty()) {
                writing.commit(handles);
            }
        }
    }

    private interface Taker {
        void take(RecordBatch batch);
    }

    private static void each(Path directory, Taker taker) {
        try (FilesSource source = Reading.open(directory, "path", "in.ndjson");
                SourcePartition reader = source.partition(
                        source.discover(Duration.ZERO).partitions().get(0), Optional.empty())) {
            Poll poll = reader.poll(8192, 1 << 20, Duration.ofSeconds(1));
            while (poll instanceof Poll.Rows rows) {
                taker.take(rows.rows());
                poll = reader.poll(8192, 1 << 20, Duration.ofSeconds(1));
            }
        }
    }

    private static void print(String what, long started, long bytes, long rows) {
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                "%-34s %6.2f s %8.0f MB/s %6.1f Mrows/s%n", what, seconds, bytes / seconds / 1e6, rows / seconds / 1e6);
    }
}
