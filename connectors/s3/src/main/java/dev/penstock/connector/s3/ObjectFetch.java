package dev.penstock.connector.s3;

import dev.penstock.format.records.Compression;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * Fetches and unpacks one object, piece by piece, on threads of {@link Requests}: one piece is fetched while the one
 * before is used.
 *
 * <p>A connection that breaks is replaced: a plain object goes on where it was, a packed one is unpacked again.
 *
 * <p><b>Threads:</b> one uses it; the pieces are fetched by others, one after the other.
 */
final class ObjectFetch implements AutoCloseable {
    private static final int LEAST_PIECE = 16 * 1024;
    private static final int SKIP_BYTES = 64 * 1024;

    private final Bucket bucket;
    private final ObjectVersion object;
    private final Compression wanted;
    private final int attempts;
    private long offset;
    private volatile Compression packed;
    private volatile boolean closed;
    private volatile @Nullable Reply reply;
    private @Nullable InputStream unpacked;

    /** @param place where to begin, and how the object is packed if that was found out already */
    ObjectFetch(Bucket bucket, ObjectVersion object, ShardState.Place place, SourceSettings settings) {
        this.bucket = bucket;
        this.object = object;
        this.offset = place.offset();
        this.packed = place.packed();
        this.wanted = settings.compression();
        this.attempts = settings.connection().access().retries().attempts();
    }

    /**
     * Unpacked bytes.
     *
     * @param last whether no byte follows
     */
    record Piece(byte[] bytes, int length, boolean last) {}

    /** A reply whose bytes are still to come. */
    record Reply(AbortableInputStream bytes, long length) {}

    ObjectVersion object() {
        return object;
    }

    /** How the object is packed; {@link Compression#AUTO} until that is known. */
    Compression packed() {
        return packed;
    }

    /** Fetches the next piece; the one before must have been fetched. */
    Future<Piece> next(Requests requests, int bytes) {
        Callable<Piece> fetch = () -> fetch(bytes);
        return requests.send(fetch);
    }

    private Piece fetch(int bytes) throws IOException {
        if (offset > 0 && isKnownPlain() && offset >= object.size()) {
            return new Piece(new byte[0], 0, true); // a range that begins at the end is an error
        }
        // Of what is packed a piece is as large as that too, so that small objects take little memory.
        long rest = isKnownPlain() ? object.size() - offset : Math.max(LEAST_PIECE, object.size());
        byte[] piece = new byte[(int) Math.max(1, Math.min(bytes, rest + 1))];
        long start = offset;
        for (int attempt = 1; ; attempt++) {
            try {
                boolean last = fill(piece, start);
                return new Piece(piece, (int) (offset - start), last);
            } catch (IOException e) {
                letGo();
                if (Compression.isDamage(e) || attempt >= attempts || closed) {
                    throw e;
                }
            }
        }
    }

    /** Goes on filling a piece that begins at {@code start}; gives whether the object ended before it was full. */
    private boolean fill(byte[] piece, long start) throws IOException {
        InputStream in = unpacked == null ? open() : unpacked;
        while (offset - start < piece.length) {
            int filled = (int) (offset - start);
            int read = in.read(piece, filled, piece.length - filled);
            if (read < 0) {
                in.close(); // and the connection is used again
                reply = null;
                unpacked = null;
                return true;
            }
            offset += read;
        }
        return false;
    }

    private boolean isKnownPlain() {
        return packed == Compression.NONE || (packed == Compression.AUTO && wanted == Compression.NONE);
    }

    private InputStream open() throws IOException {
        boolean plain = isKnownPlain();
        Reply opened = bucket.open(object.key(), object.etag(), plain ? offset : 0);
        reply = opened;
        if (closed) {
            letGo();
            throw new IOException("it was closed");
        }
        InputStream counted = new Counted(opened.bytes(), opened.length());
        if (plain) {
            packed = Compression.NONE;
            unpacked = counted;
            return counted;
        }
        PushbackInputStream start = new PushbackInputStream(counted, Compression.MAGIC_BYTES);
        Compression found = detect(start);
        packed = found;
        InputStream content = found == Compression.NONE ? start : found.unpack(start);
        unpacked = content;
        skip(content);
        return content;
    }

    private Compression detect(PushbackInputStream start) throws IOException {
        if (packed != Compression.AUTO) {
            return packed;
        }
        if (wanted != Compression.AUTO) {
            return wanted;
        }
        Compression named = Compression.ofName(object.key());
        byte[] head = new byte[Compression.MAGIC_BYTES];
        int count = start.readNBytes(head, 0, head.length);
        start.unread(head, 0, count);
        if (count == 0) {
            return Compression.NONE; // an empty object, whatever its name says
        }
        return named == Compression.AUTO ? Compression.ofMagic(head, count) : named;
    }

    private void skip(InputStream content) throws IOException {
        byte[] away = new byte[SKIP_BYTES];
        long left = offset;
        while (left > 0) {
            int count = content.read(away, 0, (int) Math.min(away.length, left));
            if (count < 0) {
                throw new EOFException("it ends before the place where reading stopped");
            }
            left -= count;
        }
    }

    private void letGo() {
        Reply now = reply;
        reply = null;
        unpacked = null;
        if (now != null) {
            now.bytes().abort();
        }
    }

    /** The connection is dropped, not read to its end. */
    @Override
    public void close() {
        closed = true;
        Reply now = reply;
        if (now != null) {
            now.bytes().abort();
        }
    }

    /** The service said that there were more bytes. */
    private static final class CutShortException extends IOException {
        private static final long serialVersionUID = 1;

        CutShortException() {
            super("the connection ended before the object did");
        }
    }

    /** Knows whether all bytes have come: not every connection that breaks says so. */
    private static final class Counted extends InputStream {
        private final InputStream in;
        private long left;

        Counted(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count = left == 0 ? -1 : in.read(into, from, (int) Math.min(length, left));
            if (count < 0 && left > 0) {
                throw new CutShortException();
            }
            left -= Math.max(0, count);
            return count;
        }

        /** What is known to be there already: unpacking looks at it to see whether another piece follows. */
        @Override
        public int available() throws IOException {
            return left == 0 ? 0 : Math.max(1, in.available());
        }
    }
}
