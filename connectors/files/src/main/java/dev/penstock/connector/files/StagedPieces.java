package dev.penstock.connector.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Puts staged files behind one another. Packed ones too: pieces packed one by one unpack as one. */
final class StagedPieces {
    private StagedPieces() {}

    /**
     * Writes {@code file} into {@code target} at {@code at}, without its header unless it stands at the start; the same
     * bytes come to the same place however often this is done.
     *
     * @return where it ends
     */
    static long copy(Path staging, StagedFile file, FileChannel target, long at) throws IOException {
        try (FileChannel source = FileChannel.open(staging.resolve(file.name()), StandardOpenOption.READ)) {
            long from = at == 0 ? 0 : file.headerBytes();
            target.position(at);
            while (from < file.bytes()) {
                long moved = source.transferTo(from, file.bytes() - from, target);
                if (moved <= 0) {
                    throw new EOFException("'" + file.name() + "' ends before its " + file.bytes() + " bytes");
                }
                from += moved;
            }
            return target.position();
        }
    }

    /** How many bytes {@link #copy} writes at {@code at}. */
    static long length(StagedFile file, long at) {
        return file.bytes() - (at == 0 ? 0 : file.headerBytes());
    }

    /** Whether {@code other} begins with the header of {@code file}. */
    static boolean isSameHeader(Path staging, StagedFile file, Path other) throws IOException {
        if (file.headerBytes() == 0) {
            return true;
        }
        return head(staging.resolve(file.name()), file.headerBytes()).equals(head(other, file.headerBytes()));
    }

    private static ByteBuffer head(Path file, int count) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate(count);
            int read = 1;
            while (head.hasRemaining() && read > 0) {
                read = channel.read(head, head.position());
            }
            return head.flip();
        }
    }
}
