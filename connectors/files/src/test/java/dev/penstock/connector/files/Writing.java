package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.format.records.Compression;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One incarnation of a sink with one writer or more. */
final class Writing implements AutoCloseable {
    static final String SINK = "test/out";
    static final Schema SCHEMA = Schema.of(Payload.FIELD);

    final String run;
    private final FilesSink sink;
    private final List<SinkWriter> writers = new ArrayList<>();
    private final SinkCommitter committer;

    private Writing(Path base, String run, long generation, int count, long restored, Map<String, Object> settings) {
        this.run = run;
        sink = new FilesSink(SinkSettings.of(SinkSettings.SPEC.parse(settings).orThrow()));
        sink.open(new TestContext(base, generation));
        sink.provision();
        committer = sink.committer(SINK, run);
        committer.claim();
        for (int i = 0; i < count; i++) {
            writers.add(sink.writer(new WriterSlot(SINK, run, i, count, restored), List.of()));
        }
    }

    /** A first incarnation with one writer. */
    static Writing of(Path base, Object... settings) {
        return new Writing(base, "run1", 1, 1, -1, Reading.settings(settings));
    }

    /** A later incarnation. */
    static Writing later(Path base, long generation, int count, long restored, Object... settings) {
        return new Writing(base, "run" + generation, generation, count, restored, Reading.settings(settings));
    }

    SinkWriter writer(int index) {
        return writers.get(index);
    }

    SinkCommitter committer() {
        return committer;
    }

    /** Writes an epoch with the first writer and prepares it. */
    List<Prepared> prepare(long epoch, String... records) {
        return prepare(0, epoch, records);
    }

    List<Prepared> prepare(int writer, long epoch, String... records) {
        SinkWriter to = writers.get(writer);
        to.begin(new EpochId(run, epoch));
        to.write(batch(records));
        return to.prepare().stream().toList();
    }

    List<Outcome> commit(List<Prepared> handles) {
        return List.copyOf(committer
                .commit(handles.get(handles.size() - 1).epoch(), handles)
                .values());
    }

    static RecordBatch batch(String... records) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (String record : records) {
            builder.append(Bytes.copyOf(record.getBytes(UTF_8)));
        }
        return builder.build();
    }

    /** Records of a csv file with this header. */
    static RecordBatch csv(String header, String... records) {
        RecordBatch batch = batch(records);
        return batch.withColumns(Schema.of(Payload.FIELD.with(Payload.HEADER, header)), batch.columns());
    }

    /** The visible files of a directory, by name. */
    static List<Path> visible(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** The staged files of all sinks of a directory. */
    static List<Path> staged(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".part"))
                    .sorted()
                    .toList();
        }
    }

    /** The text of all visible files, unpacked, in the order of their names. */
    static String text(Path directory) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : visible(directory)) {
            Compression packed = Compression.ofName(file.toString());
            try (InputStream in = packed.unpack(Files.newInputStream(file))) {
                text.append(new String(in.readAllBytes(), UTF_8));
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        writers.forEach(SinkWriter::close);
        committer.close();
        sink.close();
    }
}
