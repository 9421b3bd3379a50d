package dev.penstock.connector.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Throws away uploads that a writer leaves behind, without waiting long for a service that is silent. */
final class Farewell {
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    private final Bucket bucket;
    private final Requests requests;

    Farewell(Bucket bucket, Requests requests) {
        this.bucket = bucket;
        this.requests = requests;
    }

    void abort(List<ObjectWriter> objects) {
        List<Future<Boolean>> aborted = new ArrayList<>();
        for (ObjectWriter object : objects) {
            object.begun()
                    .ifPresent(id -> aborted.add(requests.send(() -> {
                        bucket.abort(object.key(), id);
                        return true;
                    })));
        }
        long end = System.nanoTime() + LONGEST_NANOS;
        for (Future<Boolean> each : aborted) {
            try {
                each.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException | TimeoutException e) {
                return; // the next incarnation finds it
            }
        }
    }
}
