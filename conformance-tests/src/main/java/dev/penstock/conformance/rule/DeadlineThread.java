package dev.penstock.conformance.rule;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Runs something that may hang in a thread of its own, and says where it hung. */
final class DeadlineThread {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private DeadlineThread() {}

    /** What {@code work} threw; a violation that shows the stack if it did not end within {@code limit}. */
    static Optional<Throwable> run(String name, Duration limit, Work work) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        // A group of its own, so that threads which are left behind can be told from those of others.
        Thread thread = new Thread(new ThreadGroup(name), () -> runInto(work, thrown, ended), name);
        thread.setDaemon(true);
        thread.start();
        try {
            if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of(late(thread, limit, ended));
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
        return Optional.ofNullable(thrown.get());
    }

    private static void runInto(Work work, AtomicReference<Throwable> thrown, CountDownLatch ended) {
        try {
            work.run();
        } catch (Throwable e) {
            thrown.set(e);
        } finally {
            ended.countDown();
        }
    }

    private static RuleViolation late(Thread thread, Duration limit, CountDownLatch ended) throws InterruptedException {
        String stack = Arrays.stream(thread.getStackTrace())
                .limit(12)
                .map(frame -> "  at " + frame)
                .collect(Collectors.joining("\n"));
        thread.interrupt();
        boolean gone = ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        return new RuleViolation(
                "the rule did not end within " + limit.toSeconds() + " s; it stood here"
                        + (gone ? "" : ", and an interrupt did not end it") + ":\n" + stack,
                "which call of the connector is among these lines, and what it waits for");
    }

    /** Something that may hang. */
    @FunctionalInterface
    interface Work {
        /** Does it. */
        void run() throws Exception;
    }
}
