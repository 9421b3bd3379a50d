package dev.penstock.connector.files;

import dev.penstock.format.records.PollClock;
import dev.penstock.format.records.WholeRows;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Gives the row of one file that is read as a whole, and says when it has changed or is gone. */
final class VersionPartition implements SourcePartition {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 3;
    private static final int FIRST_BYTES = 64 * 1024;

    private final String id;
    private final Path file;
    private final SourceSettings settings;
    private final WholeRows rows;
    private final Clock wallClock;
    private final PollClock clock = new PollClock(LONGEST_WAIT);
    private VersionState state;
    private boolean ended;
    private Optional<BasicFileAttributes> refused = Optional.empty();

    VersionPartition(FileName name, Path file, SourceSettings settings, Clock wallClock, Optional<VersionState> from) {
        this.id = name.id();
        this.file = file;
        this.settings = settings;
        this.rows = new WholeRows(id, name.shown(), settings.framing() == Framing.DOCUMENT);
        this.wallClock = wallClock;
        this.state = from.orElse(VersionState.NEVER);
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        clock.start(maxWait);
        if (ended) {
            return new Poll.End(state.encode());
        }
        try {
            return look();
        } catch (NoSuchFileException e) {
            return gone();
        } catch (IOException e) {
            if (ReadFailure.isOfFile(e)) {
                return unreadable(e);
            }
            throw FileFailure.of("read", file, SourceSettings.PATH.name(), e);
        }
    }

    private Poll look() throws IOException {
        BasicFileAttributes now = attributes();
        boolean refusedBefore = refused.filter(then -> then.lastModifiedTime().equals(now.lastModifiedTime()))
                .isPresent();
        if (refusedBefore || state.isStill(now)) {
            return nothing();
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            BasicFileAttributes before = attributes();
            byte[] content = read();
            BasicFileAttributes after = attributes();
            if (before.size() == after.size() && before.lastModifiedTime().equals(after.lastModifiedTime())) {
                return changed(content, after);
            }
        }
        throw new RetryableException(
                "Cannot read '" + id + "': it changes while it is read; it is tried again", LONGEST_WAIT);
    }

    private BasicFileAttributes attributes() throws IOException {
        return ReadFailure.attributesOf(file, id, !state.equals(VersionState.NEVER));
    }

    /** The content, or one byte more than is allowed. */
    private byte[] read() throws IOException {
        try (Content content = Content.open(file, settings.compression())) {
            int limit = settings.maxRecordBytes() + 1;
            long expected = content.isPlain() ? content.fileSize() + 1 : FIRST_BYTES;
            byte[] bytes = new byte[(int) Math.min(limit, expected)];
            int count = content.readFully(bytes, 0, bytes.length);
            while (count == bytes.length && count < limit) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(limit, 2L * bytes.length));
                count += content.readFully(bytes, count, bytes.length - count);
            }
            return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
        }
    }

    private Poll changed(byte[] content, BasicFileAttributes file) {
        if (content.length > settings.maxRecordBytes()) {
            String most = settings.maxRecordBytes() + " bytes";
            return bad(content, file, "It is longer than " + most + "; raise 'max-record-bytes' to read it");
        }
        Bytes digest = digest(content);
        boolean same = digest.equals(state.sha256());
        if (!same && state.emitted() && !isDocument() && !restarts()) {
            throw new ResumeLostException(
                    id,
                    "its end",
                    "the file has changed since it was read",
                    "restore the file, set when-changed: restart to read it anew, or reset the state of this step");
        }
        Operation operation = state.emitted() ? Operation.UPDATE : Operation.READ;
        VersionState next = VersionState.of(true, file, digest, wallClock.instant());
        if (same) {
            state = new VersionState(state.emitted(), next.size(), next.modified(), next.settled(), digest);
            return nothing();
        }
        try {
            RecordBatch row =
                    rows.row(content, operation, file.lastModifiedTime().toInstant(), digest);
            state = next;
            return found(row, List.of());
        } catch (CharacterCodingException e) {
            return bad(content, file, "It is not UTF-8 text; convert it, or leave it out by the glob");
        }
    }

    private boolean isDocument() {
        return settings.framing() == Framing.DOCUMENT;
    }

    private boolean restarts() {
        return settings.whenChanged() == SourceSettings.WhenChanged.RESTART;
    }

    private Poll found(RecordBatch row, List<BadRow> bad) {
        ended = !settings.follow();
        clock.busy();
        return new Poll.Rows(row, state.encode(), bad);
    }

    private Poll bad(byte[] content, BasicFileAttributes file, String cause) {
        // Remembered like a good version, so that it is not reported again until it changes.
        state = VersionState.of(state.emitted(), file, digest(content), wallClock.instant());
        Bytes first = Bytes.copyOf(Arrays.copyOf(content, Math.min(content.length, BadRow.MAX_BYTES)));
        return found(RecordBatch.empty(rows.schema()), List.of(new BadRow(id, "byte 0", first, cause)));
    }

    private Poll unreadable(IOException failure) {
        refused = ReadFailure.attributes(file);
        return found(RecordBatch.empty(rows.schema()), List.of(ReadFailure.badRow(id, "byte 0", new byte[0], failure)));
    }

    private Poll nothing() {
        ended = !settings.follow();
        return ended ? new Poll.End(state.encode()) : new Poll.Idle(state.encode(), clock.idle());
    }

    private Poll gone() {
        ended = true;
        boolean known = isDocument() && state.emitted();
        state = VersionState.NEVER;
        return known ? new Poll.Rows(rows.gone(), state.encode()) : new Poll.End(state.encode());
    }

    private static Bytes digest(byte[] content) {
        try {
            return Bytes.copyOf(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot find SHA-256, which every JDK has", e);
        }
    }

    @Override
    public void wakeup() {
        clock.wakeup();
    }

    @Override
    public void close() {
        clock.close();
    }
}
