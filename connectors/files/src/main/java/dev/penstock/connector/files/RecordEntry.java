package dev.penstock.connector.files;

import dev.penstock.connector.files.RecordState.Sample;
import dev.penstock.format.records.RecordCutter;
import dev.penstock.format.records.RecordEnds;
import dev.penstock.spi.ResumeLostException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The way back to a place in a file: checks that the file is the one that was read, and goes there.
 *
 * <p>In a plain file that is a jump. A packed file is unpacked again up to the place, in pieces, so that a poll can
 * return in between.
 */
final class RecordEntry {
    private final RecordState state;
    private final Content content;
    private boolean tailChecked;

    RecordEntry(RecordState state, Content content) {
        this.state = state;
        this.content = content;
    }

    /** What was found out at the start of a file. */
    record Head(byte[] bytes, Optional<String> header) {}

    /** The first bytes and, for csv, the first record. */
    static Head head(Path file, SourceSettings settings, RecordEnds ends) throws IOException {
        try (Content content = Content.open(file, settings.compression())) {
            byte[] bytes = new byte[RecordState.HEAD_BYTES];
            int count = content.readFully(bytes, 0, bytes.length);
            byte[] head = Arrays.copyOf(bytes, count);
            return new Head(head, ends.skipsEmpty() ? header(file, settings, ends) : Optional.empty());
        }
    }

    private static Optional<String> header(Path file, SourceSettings settings, RecordEnds ends) throws IOException {
        RecordCutter cutter = new RecordCutter(ends, settings.maxRecordBytes(), RecordState.HEAD_BYTES);
        try (Content content = Content.open(file, settings.compression())) {
            boolean last = false;
            while (true) {
                last = cutter.fill(content, RecordState.HEAD_BYTES) < 0;
                cutter.passByteOrderMark();
                RecordCutter.Cut cut = cutter.cut(1, Long.MAX_VALUE, last);
                if (cut.records().size() > 0) {
                    return Optional.of(cut.records().string(0));
                }
                if (last) {
                    return Optional.empty();
                }
            }
        }
    }

    /** How the file differs from the one that was read, if it can be told already. */
    Optional<String> difference(Head head) throws IOException {
        if (content.isPlain() && content.fileSize() < state.offset()) {
            return Optional.of("the file now ends at byte " + content.fileSize());
        }
        return state.head().isStartOf(head.bytes(), head.bytes().length)
                ? Optional.empty()
                : Optional.of("the file now starts with other bytes");
    }

    /** Goes on towards the place; true once there. */
    boolean advance() throws ChangedException, IOException {
        Sample tail = state.tail();
        if (!tailChecked && tail.length() > 0) {
            if (!skipTo(tail.at())) {
                return false;
            }
            byte[] bytes = new byte[tail.length()];
            int count = content.readFully(bytes, 0, bytes.length);
            if (!tail.isStartOf(bytes, count)) {
                throw new ChangedException("the bytes before that place are not those that were read");
            }
        }
        tailChecked = true;
        return skipTo(state.offset());
    }

    private boolean skipTo(long target) throws ChangedException, IOException {
        long before = content.offset();
        boolean there = content.skipTo(target);
        if (!there && content.offset() == before) {
            throw new ChangedException("the file now ends at byte " + before);
        }
        return there;
    }

    /** The place cannot be found again. */
    static ResumeLostException lost(String partition, RecordState state, String difference) {
        return new ResumeLostException(
                partition,
                "byte " + state.offset(),
                difference,
                "restore the file, set when-changed: restart to read it from its start, or reset the state of this step");
    }

    /** The file is not the one that was read. */
    static final class ChangedException extends Exception {
        private static final long serialVersionUID = 1L;

        ChangedException(String difference) {
            super(difference);
        }
    }
}
