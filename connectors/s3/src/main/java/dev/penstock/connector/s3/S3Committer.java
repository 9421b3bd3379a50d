package dev.penstock.connector.s3;

import dev.penstock.connector.s3.access.S3Diagnosis;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Makes objects visible by completing their uploads, and remembers it beside them. */
final class S3Committer implements SinkCommitter {
    private static final int AT_ONCE = 8;

    private final Target target;
    private final Bucket bucket;
    private final OwnerObject owner;
    private final Requests requests = new Requests("s3-commit", AT_ONCE);
    private volatile boolean conditionally = true;

    S3Committer(Target target, String sinkId) {
        this.target = target;
        this.bucket = target.bucket();
        this.owner = target.owner(sinkId);
    }

    @Override
    public void claim() {
        requests.call("claim " + target.shown(), () -> {
            owner.claim();
            return true;
        });
    }

    @Override
    public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
        Owner known = requests.call(what(), owner::check);
        Map<Prepared, List<Future<Outcome>>> asked = new LinkedHashMap<>();
        for (Prepared handle : handles) {
            asked.put(handle, known.covers(handle.epoch()) ? List.of() : complete(handle));
        }
        Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
        asked.forEach((handle, objects) -> outcomes.put(handle, together(requests.awaitAll(what(), objects))));
        remember(known, outcomes);
        return outcomes;
    }

    private String what() {
        return "commit to " + target.shown();
    }

    private List<Future<Outcome>> complete(Prepared handle) {
        List<Future<Outcome>> objects = new ArrayList<>();
        for (StagedObject object : StagedObject.decode(handle.handle())) {
            objects.add(requests.send(() -> complete(object)));
        }
        return objects;
    }

    /** The outcome of a handle: what happened to its objects. */
    private static Outcome together(List<Outcome> objects) {
        for (Outcome decisive : List.of(Outcome.LOST, Outcome.RETRY, Outcome.COMMITTED)) {
            if (objects.contains(decisive)) {
                return decisive;
            }
        }
        return Outcome.ALREADY_COMMITTED;
    }

    private Outcome complete(StagedObject object) {
        try {
            bucket.complete(object, conditionally);
            return Outcome.COMMITTED;
        } catch (AwsServiceException e) {
            if (S3Diagnosis.isUnsupported(e) && conditionally) {
                conditionally = false;
                return complete(object);
            }
            if (S3Diagnosis.isNotFound(e) || S3Diagnosis.isConditionFailed(e)) {
                return resolved(object, e);
            }
            if (S3Diagnosis.isConflict(e)) {
                return Outcome.RETRY;
            }
            throw e;
        } catch (SdkClientException e) {
            if (isThere(object)) {
                return Outcome.ALREADY_COMMITTED;
            }
            throw e;
        }
    }

    /** After a reply that was lost or could not be read: whether the object is there. */
    private boolean isThere(StagedObject object) {
        return bucket.head(object.key())
                .filter(found -> Bucket.isOf(found, object.token()))
                .isPresent();
    }

    /** The upload is gone, or an object is there: it was completed if that object is its own. */
    private Outcome resolved(StagedObject object, AwsServiceException refusal) {
        Optional<HeadObjectResponse> found = bucket.head(object.key());
        if (found.isEmpty()) {
            return S3Diagnosis.isNotFound(refusal) ? Outcome.LOST : Outcome.RETRY;
        }
        if (!Bucket.isOf(found.get(), object.token())) {
            throw new FatalException(
                    "Cannot commit '" + bucket.shown(object.key())
                            + "': somebody else has written an object with that key; move it away",
                    refusal);
        }
        return Outcome.ALREADY_COMMITTED;
    }

    /** Only epochs of which nothing is lost or left to do; none behind one of those. */
    private void remember(Owner known, Map<Prepared, Outcome> outcomes) {
        long end = Long.MAX_VALUE;
        for (Map.Entry<Prepared, Outcome> each : outcomes.entrySet()) {
            if (each.getValue() == Outcome.LOST || each.getValue() == Outcome.RETRY) {
                end = Math.min(end, each.getKey().epoch().epoch());
            }
        }
        long first = end;
        List<EpochId> done = outcomes.keySet().stream()
                .map(Prepared::epoch)
                .filter(epoch -> epoch.epoch() < first && !known.covers(epoch))
                .toList();
        if (!done.isEmpty()) {
            requests.call(what(), () -> {
                owner.committed(done);
                return true;
            });
        }
    }

    @Override
    public void abort(List<Prepared> handles) {
        requests.call("abort uploads to " + target.shown(), () -> {
            for (Prepared handle : handles) {
                StagedObject.decode(handle.handle()).forEach(object -> bucket.abort(object.key(), object.uploadId()));
            }
            return true;
        });
    }

    @Override
    public void close() {
        requests.close();
    }
}
