package dev.penstock.examples.directoryqueue;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.LineLayout;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Those who take messages, and those who meddle. */
final class QueueSinkSide implements SinkSide {
    private final Path queue;

    QueueSinkSide(Path queue) {
        this.queue = queue;
    }

    @Override
    public void create() {}

    @Override
    public List<NumberedRow> visible() {
        List<NumberedRow> rows = new ArrayList<>();
        try {
            for (Path message : new Messages(queue.resolve("penstock")).all()) {
                Files.readAllLines(message).forEach(line -> rows.add(LineLayout.parse(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    @Override
    public RowLayout layout() {
        return RowLayout.LINES;
    }

    /** Nobody tidies up in a queue but those who take from it. */
    @Override
    public void maintain() {}

    @Override
    public void destroy(Prepared prepared) {
        try (Stream<Path> files = Files.walk(queue)) {
            String name = new String(prepared.handle().bytes(), StandardCharsets.UTF_8);
            for (Path file : files.filter(each -> each.endsWith(name)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sink of another pipeline has begun something in the same queue. */
    @Override
    public String openForeignTransaction() {
        try {
            Path theirs = Files.createDirectories(queue.resolve(".staging/another%2Fsink"));
            Path staged = Files.createFile(theirs.resolve("w0-e9-theirs.staged"));
            return "file:" + queue.relativize(staged);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line feed would make two lines of one. */
    @Override
    public RecordBatch batchWithInvalid(List<NumberedRow> rows, List<Integer> invalid) {
        BatchBuilder builder = new BatchBuilder(schema());
        for (int row = 0; row < rows.size(); row++) {
            String line = LineLayout.line(rows.get(row));
            String written = invalid.contains(row) ? line + "\nmore" : line;
            builder.append(Bytes.copyOf(written.getBytes(StandardCharsets.UTF_8)));
        }
        return builder.build();
    }
}
