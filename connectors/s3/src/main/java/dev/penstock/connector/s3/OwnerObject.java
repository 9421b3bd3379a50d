package dev.penstock.connector.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.connector.s3.access.S3Diagnosis;
import dev.penstock.format.records.PartNaming;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.RetryableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The {@link Owner} of a sink, in an object beside those that it writes; changed only by who has seen it as it is,
 * where the service knows conditions.
 */
final class OwnerObject {
    /** Hidden from who takes names with a dot for hidden, this connector among them. */
    static final String HIDDEN = ".penstock/";

    private static final int ATTEMPTS = 10;
    private static final Duration WAIT = Duration.ofMillis(100);

    private final Bucket bucket;
    private final String key;
    private final long generation;
    private volatile boolean conditional = true;

    OwnerObject(Bucket bucket, String prefix, String sinkId, long generation) {
        this.bucket = bucket;
        this.key = key(prefix, sinkId);
        this.generation = generation;
    }

    static String key(String prefix, String sinkId) {
        return prefix + HIDDEN + PartNaming.directory(sinkId) + "/owner";
    }

    /** The owner, and what the object must still be when it is changed. */
    private record Seen(Owner owner, Optional<String> etag) {}

    private Seen look() {
        Optional<ResponseBytes<GetObjectResponse>> found = bucket.get(key);
        Owner owner = found.map(bytes -> Owner.parse(bytes.asString(UTF_8), bucket.shown(key)))
                .orElse(Owner.NOBODY);
        if (owner.generation() > generation) {
            throw new FencedException("Cannot write to '" + bucket.shown(key) + "' as generation " + generation
                    + ": generation " + owner.generation() + " of the pipeline has taken over; stop this process or, if"
                    + " the state of the pipeline was deleted on purpose, delete that object too");
        }
        return new Seen(owner, found.map(bytes -> bytes.response().eTag()));
    }

    /** @throws FencedException if a newer incarnation has taken over */
    Owner check() {
        return look().owner();
    }

    /** Takes the sink over. */
    void claim() {
        change(owner -> owner.claimedBy(generation));
    }

    /** Remembers that all of these epochs is visible. */
    void committed(List<EpochId> epochs) {
        change(owner -> owner.with(epochs));
    }

    private void change(UnaryOperator<Owner> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Seen seen = look();
            Owner wanted = change.apply(seen.owner());
            // What is there already was written before, by a request whose reply was lost.
            if (wanted.equals(seen.owner()) || write(wanted, seen.etag())) {
                return;
            }
        }
        throw new RetryableException(
                "Cannot write '" + bucket.shown(key) + "': others change it all the time; it is tried again", WAIT);
    }

    private boolean write(Owner owner, Optional<String> etag) {
        try {
            bucket.put(key, owner.text(), request -> {
                if (conditional) {
                    etag.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
                }
            });
            return true;
        } catch (AwsServiceException e) {
            if (S3Diagnosis.isUnsupported(e) && conditional) {
                conditional = false;
                return false;
            }
            if (S3Diagnosis.isConditionFailed(e) || S3Diagnosis.isConflict(e) || S3Diagnosis.isNotFound(e)) {
                return false;
            }
            throw e;
        }
    }

    void delete() {
        bucket.delete(key);
    }
}
