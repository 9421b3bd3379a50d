package dev.penstock.conformance.rules;

import dev.penstock.conformance.MissingHook;
import dev.penstock.conformance.TransformSide;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.Transform;
import dev.penstock.spi.data.RecordBatch;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** EM-05 and EM-06: native memory, and files that cannot work. */
final class TransformResourceRules {
    private static final int BATCHES_PER_CYCLE = 200;
    private static final int ROUNDS = 3;
    private static final int AT_LEAST = 4;
    private static final long LONG_ENOUGH_NANOS = 4_000_000_000L;
    private static final long MOST_OF_A_COLLECTION_MILLIS = 10_000;
    /** Below this, what the JVM itself takes for compiled code and threads cannot be told from a leak. */
    private static final long NOISE_KIB = 12 * 1024;

    private static final String MEMORY =
            "apply and close: every tensor and result is closed on every outcome, buffers are "
                    + "used again rather than made anew, the session and its options are closed with the transform";

    private TransformResourceRules() {}

    /** EM-05. If this fails, check: that each native object is closed, also when a run fails. */
    static void nativeMemoryStaysSteady(Trial trial) throws Exception {
        if (NativeMemory.residentKib().isEmpty()) {
            trial.note("not measured: this system has no /proc");
            return;
        }
        try (OpenTransform transform = OpenTransform.of(trial)) {
            RecordBatch batch = transform.batch(List.of("one short text"));
            int batches = BATCHES_PER_CYCLE * trial.effort().cycles();
            checkSteady(trial, "batches", () -> transform.apply(batch), batches);
        }
        checkSteady(
                trial,
                "times of opening and closing",
                () -> openAndClose(trial),
                2 * trial.effort().cycles());
        closeWhileOthersWork(trial);
    }

    /** A leak goes on and on; what the allocator keeps for later use levels off, if perhaps not at once. */
    private static void checkSteady(Trial trial, String what, Runnable step, int count) throws InterruptedException {
        repeat(trial, step, count / 4);
        long grown = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && grown > NOISE_KIB; round++) {
            long before = settledKib();
            int done = repeat(trial, step, count - count / 4);
            grown = settledKib() - before;
            trial.note("grew by " + grown + " KiB outside of the heap over " + done + " " + what);
        }
        if (grown > NOISE_KIB) {
            throw new RuleViolation(
                    "memory outside of the heap grew again and again, the last time by " + grown + " KiB over "
                            + (count - count / 4) + " " + what + "; " + NOISE_KIB + " KiB are taken for noise",
                    MEMORY);
        }
    }

    /** Does it so often, or until it has taken long enough for a build; gives how often. */
    private static int repeat(Trial trial, Runnable step, int count) {
        long limit = trial.effort().equals(Effort.FULL) ? Long.MAX_VALUE : LONG_ENOUGH_NANOS;
        long start = System.nanoTime();
        int done = 0;
        while (done < count && (done < AT_LEAST || System.nanoTime() - start < limit)) {
            step.run();
            done++;
        }
        return done;
    }

    /** Native memory that Java objects hold goes when they are collected. */
    private static long settledKib() throws InterruptedException {
        // What the first collection found is tidied up before the second one's sentinel is seen.
        collect();
        collect();
        return NativeMemory.residentKib().orElse(0);
    }

    /** Collects, and waits until somebody has begun to tidy up after that, which another thread does a moment later. */
    private static void collect() throws InterruptedException {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        PhantomReference<Object> sentinel = new PhantomReference<>(new Object(), collected);
        try {
            System.gc();
            collected.remove(MOST_OF_A_COLLECTION_MILLIS);
        } finally {
            Reference.reachabilityFence(sentinel);
        }
    }

    private static void openAndClose(Trial trial) {
        try (OpenTransform transform = OpenTransform.of(trial)) {
            transform.apply(List.of("one short text"));
        }
    }

    /** One transform closes while another of the same model is in the middle of a batch. */
    private static void closeWhileOthersWork(Trial trial) throws Exception {
        List<String> texts = SampleTexts.distinct(trial.random(), 24, 30);
        for (int round = 0; round < trial.effort().seeds(); round++) {
            OpenTransform closed = OpenTransform.of(trial);
            try (OpenTransform working = OpenTransform.of(trial)) {
                CountDownLatch started = new CountDownLatch(1);
                FutureTask<TransformedRows> run = new FutureTask<>(() -> {
                    started.countDown();
                    return working.apply(texts);
                });
                Thread thread = new Thread(run, "conformance-apply");
                thread.start();
                started.await();
                closed.close();
                checkFinished(run, texts.size());
                thread.join();
            } finally {
                closed.close();
            }
        }
    }

    private static void checkFinished(FutureTask<TransformedRows> run, int size) throws InterruptedException {
        try {
            int count = run.get().input().rowCount();
            if (count != size) {
                throw new IllegalStateException(count + " rows of " + size);
            }
        } catch (ExecutionException e) {
            throw new RuleViolation(
                    "closing one transform broke another of the same settings: " + e.getCause(),
                    "close: what transforms share is counted, and closed with the last of them",
                    e);
        }
    }

    /** EM-06. If this fails, check: that open() looks at what it loads, and names the file. */
    static void brokenFilesAreNamed(Trial trial) {
        TransformSide side = trial.fixture().transform();
        List<TransformSide.BrokenSettings> broken = side.broken();
        if (broken.isEmpty() && side.vectors().isPresent()) {
            throw new MissingHook("TransformSide.broken");
        }
        for (TransformSide.BrokenSettings settings : broken) {
            checkRefused(trial, settings);
        }
        try (OpenTransform transform = OpenTransform.of(trial)) {
            transform.apply(List.of("one short text"));
        }
    }

    private static void checkRefused(Trial trial, TransformSide.BrokenSettings broken) {
        try (Transform transform = trial.connector().transform(trial.config(broken.settings()))) {
            transform.open(trial.context());
        } catch (ConfigException e) {
            if (!String.valueOf(e.getMessage()).contains(broken.named())) {
                throw new RuleViolation(
                        broken.what() + ": the error does not name '" + broken.named() + "': " + e.getMessage(),
                        "open: say which file, tensor or number it is, as the user knows it",
                        e);
            }
            return;
        } catch (ConnectorException | IllegalStateException | NullPointerException e) {
            throw new RuleViolation(
                    broken.what() + ": open threw " + e + ", not a ConfigException",
                    "open: wrap what a library throws; it is the user's settings that are wrong",
                    e);
        }
        throw new RuleViolation(
                broken.what() + ": open went through",
                "open: load and try everything there, not at the first batch, and never fall back to something else");
    }
}
