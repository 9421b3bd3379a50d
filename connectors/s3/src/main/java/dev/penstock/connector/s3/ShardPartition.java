package dev.penstock.connector.s3;

import dev.penstock.connector.s3.ObjectFetch.Piece;
import dev.penstock.connector.s3.ShardState.Place;
import dev.penstock.connector.s3.access.S3Diagnosis;
import dev.penstock.format.records.Compression;
import dev.penstock.format.records.PollClock;
import dev.penstock.format.records.WholeRows;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Reads the objects of one shard in the order of their keys, and those that appear later after them. */
final class ShardPartition implements SourcePartition {
    private static final Logger LOG = LoggerFactory.getLogger(S3Connector.class);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);
    private static final long LOOK_NANOS = 2_000_000;
    private static final int FORBIDDEN = 403;

    private final String id;
    private final Shard shard;
    private final ShardState state;
    private final FetchQueue queue;
    private final PollClock clock = new PollClock(LONGEST_WAIT);
    /** Versions of objects that could not be read: tried again by the next run. */
    private final Map<String, String> refused = new HashMap<>();

    private WaitingObjects waiting;
    private long seen;
    private @Nullable ObjectRows current;
    private boolean ended;

    ShardPartition(String id, Shard shard, ShardState state) {
        this.id = id;
        this.shard = shard;
        this.state = state;
        this.queue = new FetchQueue(shard.requests());
        this.waiting = WaitingObjects.NONE;
    }

    /** What all shards of a source have in common, and which one this is. */
    record Shard(int number, SourceSettings settings, Bucket bucket, Listing listing, Requests requests) {
        Schema schema() {
            return settings.framing() == Framing.DOCUMENT ? WholeRows.DOCUMENT : WholeRows.RECORD;
        }
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        clock.start(maxWait);
        try {
            return ended ? new Poll.End(state.encode()) : pollOpen(maxRows, maxBytes);
        } finally {
            clock.stop();
        }
    }

    private Poll pollOpen(int maxRows, long maxBytes) {
        do {
            Optional<String> gone = waiting.nextGone();
            Optional<Poll> deleted = gone.flatMap(this::gone);
            if (deleted.isPresent()) {
                return deleted.get();
            }
            fill();
            if (queue.size() > 0) {
                Optional<Poll> rows = read(maxRows, maxBytes);
                if (rows.isPresent()) {
                    clock.busy();
                    return rows.get();
                }
            } else if (!look()) {
                if (seen > 0 && !shard.settings().looking().follow()) {
                    ended = true;
                    return new Poll.End(state.encode());
                }
                Duration wait = clock.idle();
                if (seen > 0) {
                    return new Poll.Idle(state.encode(), wait);
                }
                awaitListing();
            }
        } while (!clock.isOver());
        return new Poll.Idle(state.encode(), Duration.ZERO);
    }

    private void awaitListing() {
        LockSupport.parkNanos(LOOK_NANOS);
        if (Thread.currentThread().isInterrupted()) {
            throw new RetryableException(
                    "Cannot list " + shard.settings().connection().shown() + ": interrupted", Duration.ZERO);
        }
    }

    /** Whether a look that is new to this shard found something to do. */
    private boolean look() {
        Optional<Listing.Look> found = shard.listing().look(shard.number(), seen);
        if (found.isEmpty()) {
            return false;
        }
        seen = found.get().round();
        waiting = WaitingObjects.of(found.get().objects(), state, refused);
        return !waiting.isEmpty();
    }

    private void fill() {
        while (queue.size() < shard.settings().readAhead()) {
            Optional<ObjectVersion> next = waiting.next();
            if (next.isEmpty()) {
                return;
            }
            ObjectVersion object = next.get();
            requireSame(object);
            Place place = state.place()
                    .filter(known -> known.key().equals(object.key()))
                    .orElse(new Place(object.key(), object.etag(), 0, Compression.AUTO, Optional.empty()));
            queue.add(new ObjectFetch(shard.bucket(), object, place, shard.settings()));
        }
    }

    private void requireSame(ObjectVersion object) {
        Optional<Place> place = state.place().filter(known -> known.key().equals(object.key()));
        String etag =
                state.done().getOrDefault(object.key(), place.map(Place::etag).orElse(object.etag()));
        if (!etag.equals(object.etag())) {
            changed(object.key(), place.map(Place::offset).orElse(object.size()), "another object is there now");
        }
    }

    private void changed(String key, long offset, String what) {
        boolean restart =
                shard.settings().isWhole() || shard.settings().whenChanged() == SourceSettings.WhenChanged.RESTART;
        if (!restart) {
            throw new ResumeLostException(
                    id,
                    "byte " + offset + " of '" + shard.bucket().shown(key) + "'",
                    "none: " + what,
                    "put the object back, or set when-changed: restart to read it from its start");
        }
        if (!shard.settings().isWhole()) {
            LOG.warn("Object '{}' is read from its start: {}", key, what);
            state.forget(key);
        }
    }

    private Optional<Poll> read(int maxRows, long maxBytes) {
        ObjectFetch fetch = queue.first();
        ObjectRows rows = current;
        if (rows == null) {
            rows = ObjectRows.of(id, shard, state, fetch);
            current = rows;
        }
        try {
            while (true) {
                Optional<Poll> found = rows.cut(maxRows, maxBytes);
                if (found.isPresent()) {
                    return found;
                }
                if (rows.isDone()) {
                    finish(fetch);
                    return Optional.empty();
                }
                Optional<Piece> piece = queue.take(clock);
                if (piece.isEmpty()) {
                    return Optional.empty();
                }
                rows.add(piece.get());
            }
        } catch (ExecutionException e) {
            return failed(fetch, e.getCause() == null ? e : e.getCause());
        }
    }

    private void finish(ObjectFetch fetch) {
        state.finish(fetch.object().key(), fetch.object().etag());
        queue.drop();
        current = null;
    }

    private Optional<Poll> failed(ObjectFetch fetch, Throwable cause) {
        ObjectVersion object = fetch.object();
        if (cause instanceof AwsServiceException refusal) {
            if (S3Diagnosis.isConditionFailed(refusal) || S3Diagnosis.isNotFound(refusal)) {
                return replaced(object, S3Diagnosis.isNotFound(refusal));
            }
            if (refusal.statusCode() == FORBIDDEN && isOfObject(S3Diagnosis.code(refusal))) {
                return Optional.of(
                        refuse(object, S3Failure.of(what(object), refusal).getMessage()));
            }
        }
        if (cause instanceof IOException damage && Compression.isDamage(damage)) {
            return Optional.of(refuse(
                    object,
                    "Cannot unpack '" + shard.bucket().shown(object.key()) + "': " + damage.getMessage()
                            + "; what came before was read, replace the object by a whole one to read the rest"));
        }
        throw S3Failure.of(what(object), cause);
    }

    private String what(ObjectVersion object) {
        return "read '" + shard.bucket().shown(object.key()) + "'";
    }

    /** Whether it is this object that may not be read, or not now, rather than that nobody is let in. */
    private static boolean isOfObject(String code) {
        return code.equals("AccessDenied") || code.equals("InvalidObjectState");
    }

    /** Between the look and the reading it was replaced or deleted: the next look shows what there is. */
    private Optional<Poll> replaced(ObjectVersion object, boolean deleted) {
        boolean begun = state.place()
                .filter(place -> place.key().equals(object.key()) && place.offset() > 0)
                .isPresent();
        if (begun) {
            changed(object.key(), state.place().orElseThrow().offset(), deleted ? "it is gone" : "it was replaced");
        }
        queue.drop();
        current = null;
        refused.put(object.key(), object.etag());
        return Optional.empty();
    }

    /** Said once, and tried again by the next run, as is what could not be unpacked. */
    private Poll refuse(ObjectVersion object, @Nullable String cause) {
        refused.put(object.key(), object.etag());
        long offset = state.place()
                .filter(place -> place.key().equals(object.key()))
                .map(Place::offset)
                .orElse(0L);
        queue.drop();
        current = null;
        BadRow bad = new BadRow(id, object.key() + " byte " + offset, Bytes.copyOf(new byte[0]), String.valueOf(cause));
        return new Poll.Rows(RecordBatch.empty(shard.schema()), state.encode(), List.of(bad));
    }

    /** Of a document, a row says so. */
    private Optional<Poll> gone(String key) {
        Optional<Place> place = state.place().filter(known -> known.key().equals(key) && known.offset() > 0);
        if (place.isPresent()) {
            changed(key, place.get().offset(), "it is gone");
        }
        boolean known = state.done().containsKey(key);
        state.forget(key);
        return known && shard.settings().framing() == Framing.DOCUMENT
                ? Optional.of(
                        new Poll.Rows(new WholeRows(id, ObjectRows.path(shard, key), true).gone(), state.encode()))
                : Optional.empty();
    }

    @Override
    public void wakeup() {
        clock.wakeup();
    }

    @Override
    public void close() {
        clock.close();
        queue.close();
    }
}
