package dev.penstock.connector.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects below the prefix, listed once for all shards, and again when a shard has waited long enough.
 *
 * <p><b>Threads:</b> any.
 */
final class Listing {
    private static final Pattern HIDDEN = Pattern.compile("(.*/)?[.].*", Pattern.DOTALL);

    private final SourceSettings settings;
    private final Bucket bucket;
    private final Requests requests;
    private @Nullable Future<List<List<ObjectVersion>>> running;
    private long begun;
    private long round;

    Listing(SourceSettings settings, Bucket bucket, Requests requests) {
        this.settings = settings;
        this.bucket = bucket;
        this.requests = requests;
    }

    /** What one look found. */
    record Look(long round, List<ObjectVersion> objects) {}

    /** Which shard a key belongs to; the same in every release. */
    static int shard(String key, int shards) {
        CRC32 hash = new CRC32();
        hash.update(key.getBytes(UTF_8));
        return (int) (hash.getValue() % shards);
    }

    /**
     * The objects of a shard, in the order of their keys, if there is a look that it has not seen.
     *
     * @param seen the round of the last look that the shard has seen, or 0
     */
    synchronized Optional<Look> look(int shard, long seen) {
        Future<List<List<ObjectVersion>>> now = running;
        if (now == null || (seen == round && isStale())) {
            begun = System.nanoTime();
            round++;
            now = requests.send(this::list);
            running = now;
        }
        if (seen == round || !now.isDone()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Look(round, now.get().get(shard)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            running = null; // whoever asks next lists again
            throw S3Failure.of("list " + settings.connection().shown(), e.getCause() == null ? e : e.getCause());
        }
    }

    private boolean isStale() {
        return settings.looking().follow()
                && System.nanoTime() - begun >= settings.looking().interval().toNanos();
    }

    private List<List<ObjectVersion>> list() {
        List<List<ObjectVersion>> shards = new ArrayList<>();
        for (int shard = 0; shard < settings.shards(); shard++) {
            shards.add(new ArrayList<>());
        }
        String prefix = settings.connection().prefix();
        bucket.list(prefix)
                .filter(object -> isWanted(object, object.key().substring(prefix.length())))
                .forEach(object -> shards.get(shard(object.key(), settings.shards()))
                        .add(new ObjectVersion(object.key(), object.eTag(), object.size(), object.lastModified())));
        return shards;
    }

    private boolean isWanted(S3Object object, String name) {
        boolean directory = name.isEmpty() || (name.endsWith("/") && object.size() == 0);
        return !directory
                && !HIDDEN.matcher(name).matches()
                && settings.glob().matches(name.startsWith("/") ? name.substring(1) : name);
    }
}
