package dev.penstock.connector.files;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Stands for a directory whose files are not known because it cannot be listed: says so, once a run. */
final class UnlistedPartition implements SourcePartition {
    /** There is nothing to remember but that this is no file. */
    static final ResumeState STATE = new ResumeState(1, new byte[] {'U'});

    private final String id;
    private final Path directory;
    private final Schema schema;
    private boolean said;
    private boolean closed;

    UnlistedPartition(String id, Path directory, Schema schema) {
        this.id = id;
        this.directory = directory;
        this.schema = schema;
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        if (closed) {
            throw new IllegalStateException("Cannot read from a reader that is closed");
        }
        if (said) {
            return new Poll.End(STATE);
        }
        said = true;
        if (Files.isReadable(directory) && Files.isExecutable(directory)) {
            return new Poll.End(STATE);
        }
        String cause = "Cannot list directory '" + id
                + "': permission denied; give the process access to it, or leave it out by choosing another path";
        BadRow bad = new BadRow(id, "byte 0", Bytes.copyOf(new byte[0]), cause);
        return new Poll.Rows(RecordBatch.empty(schema), STATE, List.of(bad));
    }

    @Override
    public void wakeup() {}

    @Override
    public void close() {
        closed = true;
    }
}
