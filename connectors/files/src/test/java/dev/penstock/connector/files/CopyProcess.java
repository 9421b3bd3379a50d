package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.WriterSlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The smallest engine: copies lines from {@code in.txt} to a sink with an epoch every few batches, and keeps its state
 * in one file that is replaced atomically. A process of its own, made to be killed.
 */
final class CopyProcess {
    private static final int BATCHES_PER_EPOCH = 3;

    private final Path directory;
    private final String target;
    private final Store store;

    private CopyProcess(Path directory, String target) throws IOException {
        this.directory = directory;
        this.target = target;
        this.store = Store.read(directory.resolve("state"));
    }

    public static void main(String[] arguments) throws IOException {
        new CopyProcess(Path.of(arguments[0]), arguments[1]).run();
    }

    /** What is durable: the generation, the last epoch, where to go on, and what is to be committed. */
    private record Store(Path file, long generation, long epoch, Optional<ResumeState> state, List<Prepared> pending) {
        private static final String NONE = "-";

        static Store read(Path file) throws IOException {
            if (Files.notExists(file)) {
                return new Store(file, 0, -1, Optional.empty(), List.of());
            }
            List<String> lines = Files.readAllLines(file);
            List<Prepared> pending = new ArrayList<>();
            for (String line : lines.subList(3, lines.size())) {
                String[] parts = line.split(" ", -1);
                EpochId epoch = new EpochId(parts[0], Long.parseLong(parts[1]));
                pending.add(new Prepared(epoch, 0, state(parts[2]), 0, 0));
            }
            Optional<ResumeState> state =
                    lines.get(2).equals(NONE) ? Optional.empty() : Optional.of(state(lines.get(2)));
            return new Store(file, Long.parseLong(lines.get(0)), Long.parseLong(lines.get(1)), state, pending);
        }

        private static ResumeState state(String text) {
            return new ResumeState(1, Base64.getDecoder().decode(text));
        }

        private static String text(ResumeState state) {
            return Base64.getEncoder().encodeToString(state.bytes());
        }

        Store write() throws IOException {
            List<String> lines = new ArrayList<>();
            lines.add(String.valueOf(generation));
            lines.add(String.valueOf(epoch));
            lines.add(state.map(Store::text).orElse(NONE));
            for (Prepared handle : pending) {
                lines.add(handle.epoch().runId() + " " + handle.epoch().epoch() + " " + text(handle.handle()));
            }
            Durable.replace(file, String.join("\n", lines).getBytes(UTF_8));
            return this;
        }
    }

    private void run() throws IOException {
        Store now = new Store(store.file, store.generation + 1, store.epoch, store.state, store.pending).write();
        String run = "run" + now.generation;
        FilesSink sink = new FilesSink(
                SinkSettings.of(SinkSettings.SPEC.parse(Map.of("path", target)).orThrow()));
        sink.open(new TestContext(directory, now.generation));
        sink.provision();
        SinkCommitter committer = sink.committer(Writing.SINK, run);
        committer.claim();
        now = commit(committer, now);
        SinkWriter writer = sink.writer(new WriterSlot(Writing.SINK, run, 0, 1, now.epoch), List.of());
        try (FilesSource source = Reading.open(directory, "path", "in.txt")) {
            Partition partition = source.discover(Duration.ZERO).partitions().get(0);
            try (SourcePartition reader = source.partition(partition, now.state)) {
                copy(reader, writer, committer, now, run);
            }
        }
        writer.close();
        sink.close();
    }

    private static void copy(
            SourcePartition reader, SinkWriter writer, SinkCommitter committer, Store store, String run)
            throws IOException {
        Store now = store;
        boolean more = true;
        while (more) {
            long epoch = Math.max(0, now.epoch) + 1;
            writer.begin(new EpochId(run, epoch));
            Optional<ResumeState> state = now.state;
            for (int i = 0; i < BATCHES_PER_EPOCH && more; i++) {
                Poll poll = reader.poll(200, 1 << 20, Duration.ofSeconds(1));
                more = poll instanceof Poll.Rows;
                if (poll instanceof Poll.Rows rows) {
                    writer.write(rows.rows());
                    state = Optional.of(rows.after());
                }
            }
            List<Prepared> pending = new ArrayList<>(now.pending);
            writer.prepare().ifPresent(pending::add);
            now = new Store(now.file, now.generation, epoch, state, pending).write();
            // Every third epoch is left for the next one, so that groups are committed too.
            now = epoch % 3 == 0 && more ? now : commit(committer, now);
        }
    }

    private static Store commit(SinkCommitter committer, Store now) throws IOException {
        if (now.pending.isEmpty()) {
            return now;
        }
        EpochId newest = now.pending.get(now.pending.size() - 1).epoch();
        Map<Prepared, Outcome> outcomes = committer.commit(newest, now.pending);
        if (outcomes.containsValue(Outcome.LOST) || outcomes.size() != now.pending.size()) {
            throw new IllegalStateException("LOST: " + outcomes);
        }
        return new Store(now.file, now.generation, now.epoch, now.state, List.of()).write();
    }
}
