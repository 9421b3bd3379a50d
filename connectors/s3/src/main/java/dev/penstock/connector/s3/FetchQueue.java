package dev.penstock.connector.s3;

import dev.penstock.connector.s3.ObjectFetch.Piece;
import dev.penstock.format.records.PollClock;
import dev.penstock.spi.RetryableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The objects that are fetched for one shard, in order: the first one is used, the others are on their way. */
final class FetchQueue implements AutoCloseable {
    private static final int PIECE_BYTES = 512 * 1024;
    private static final long LOOK_MILLIS = 5;

    private final Requests requests;
    private final Deque<Entry> entries = new ArrayDeque<>();

    FetchQueue(Requests requests) {
        this.requests = requests;
    }

    /** An object with its next piece, which is on its way. */
    private static final class Entry {
        private final ObjectFetch fetch;
        private @Nullable Future<Piece> next;

        Entry(ObjectFetch fetch, Future<Piece> next) {
            this.fetch = fetch;
            this.next = next;
        }
    }

    int size() {
        return entries.size();
    }

    void add(ObjectFetch fetch) {
        entries.add(new Entry(fetch, fetch.next(requests, PIECE_BYTES)));
    }

    /** The object that is used. */
    ObjectFetch first() {
        return entries.getFirst().fetch;
    }

    /**
     * The next piece of the first object, and has the one behind it fetched.
     *
     * @return empty if it is not there before the poll is over
     */
    Optional<Piece> take(PollClock clock) throws ExecutionException {
        Entry entry = entries.getFirst();
        Future<Piece> next = entry.next;
        if (next == null) {
            return Optional.empty();
        }
        do {
            try {
                Piece piece = next.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                entry.next = piece.last() ? null : entry.fetch.next(requests, PIECE_BYTES);
                return Optional.of(piece);
            } catch (TimeoutException e) {
                // Looks at the clock.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RetryableException(
                        "Cannot read '" + entry.fetch.object().key() + "': interrupted", e);
            }
        } while (!clock.isOver());
        return Optional.empty();
    }

    void drop() {
        entries.removeFirst().fetch.close();
    }

    @Override
    public void close() {
        entries.forEach(entry -> entry.fetch.close());
        entries.clear();
    }
}
