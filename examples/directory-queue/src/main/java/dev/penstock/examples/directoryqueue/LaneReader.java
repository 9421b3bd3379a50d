package dev.penstock.examples.directoryqueue;

import dev.penstock.examples.directoryqueue.MessageFile.Line;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Takes the messages of one lane, in their order. */
final class LaneReader implements SourcePartition {
    private static final Duration RETRY = Duration.ofMillis(100);

    private final Lane lane;
    private final SourceSettings settings;
    private LanePosition position;
    private Optional<MessageFile> file = Optional.empty();
    private boolean closed;

    LaneReader(Lane lane, SourceSettings settings, LanePosition position) {
        this.lane = lane;
        this.settings = settings;
        this.position = position;
    }

    /** Finds the position; throws if it is lost. */
    void start() {
        try {
            openMessage();
        } catch (IOException e) {
            throw QueueFailure.of("read", lane.directory(), e);
        }
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        if (closed) {
            throw new IllegalStateException("Cannot poll a reader that is closed");
        }
        BatchBuilder rows = new BatchBuilder(QueueSource.SCHEMA);
        List<BadRow> bad = new ArrayList<>();
        try {
            fill(rows, bad, maxRows, maxBytes);
        } catch (IOException e) {
            throw QueueFailure.of("read", lane.directory(), e);
        }
        if (rows.rowCount() + bad.size() > 0) {
            return new Poll.Rows(rows.build(), position.state(), bad);
        }
        boolean ends = !settings.follow() || Files.notExists(lane.directory());
        return ends ? new Poll.End(position.state()) : new Poll.Idle(position.state(), RETRY);
    }

    private void fill(BatchBuilder rows, List<BadRow> bad, int maxRows, long maxBytes) throws IOException {
        long bytes = 0;
        Optional<Line> line = nextLine();
        while (line.isPresent()
                && rows.rowCount() + bad.size() < maxRows
                && (bytes == 0 || bytes + line.get().length() <= maxBytes)) {
            bytes += line.get().length();
            add(line.get(), rows, bad);
            file.orElseThrow().take();
            position = new LanePosition(position.message(), file.orElseThrow().offset());
            line = nextLine();
        }
    }

    private void add(Line line, BatchBuilder rows, List<BadRow> bad) {
        if (!line.isTooLong()) {
            rows.append(Bytes.copyOf(line.bytes()));
            return;
        }
        byte[] start = Arrays.copyOf(line.bytes(), BadRow.MAX_BYTES);
        bad.add(new BadRow(
                String.valueOf(lane.directory().getFileName()),
                position.toString(),
                Bytes.copyOf(start),
                "the line has " + line.length() + " bytes; " + MessageFile.MAX_LINE_BYTES + " are the most"));
    }

    /** The next line, of the next message if this one is at its end; empty if there is none yet. */
    private Optional<Line> nextLine() throws IOException {
        while (file.isPresent() || openMessage()) {
            Optional<Line> line = file.orElseThrow().peek();
            if (line.isPresent()) {
                return line;
            }
            closeFile();
            position = new LanePosition(position.message() + 1, 0);
        }
        return Optional.empty();
    }

    private boolean openMessage() throws IOException {
        if (position.message() == 0) {
            OptionalLong first = lane.first(0);
            if (first.isEmpty()) {
                return false;
            }
            position = new LanePosition(first.getAsLong(), 0);
        }
        try {
            file = Optional.of(MessageFile.open(lane.message(position.message()), position.offset()));
            return true;
        } catch (NoSuchFileException e) {
            checkNotLost();
            return false;
        } catch (EOFException e) {
            throw lost("the message is another one now: " + e.getMessage());
        }
    }

    /** A message that is not there may be dropped yet, unless it was begun or a later one is there. */
    private void checkNotLost() throws IOException {
        OptionalLong later = lane.first(position.message());
        if (later.isPresent() && later.getAsLong() > position.message()) {
            throw lost("the lane now starts at message " + later.getAsLong());
        }
        if (position.offset() > 0) {
            throw lost("the message is gone");
        }
    }

    private ResumeLostException lost(String found) {
        return new ResumeLostException(
                String.valueOf(lane.directory().getFileName()),
                position.toString(),
                found,
                "put the missing messages back, or start anew with other state");
    }

    /** Only now may messages be deleted: nobody will ask for them again. */
    @Override
    public void stateDurable(ResumeState state) {
        if (!settings.remove()) {
            return;
        }
        try {
            lane.removeBefore(LanePosition.of(state).message());
        } catch (IOException e) {
            throw QueueFailure.of("remove messages from", lane.directory(), e);
        }
    }

    private void closeFile() throws IOException {
        if (file.isPresent()) {
            file.get().close();
            file = Optional.empty();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            closeFile();
        } catch (IOException e) {
            throw QueueFailure.of("close a message of", lane.directory(), e);
        }
    }
}
