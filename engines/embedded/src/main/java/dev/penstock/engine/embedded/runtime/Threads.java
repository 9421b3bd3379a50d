package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The threads of an incarnation: named, daemons, and all ended before the incarnation is over. */
final class Threads {
    private final String pipeline;
    private final Mailbox mailbox;
    private final List<Thread> started = new ArrayList<>();

    Threads(String pipeline, Mailbox mailbox) {
        this.pipeline = pipeline;
        this.mailbox = mailbox;
    }

    /** What a thread does; whatever it throws stops the incarnation. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    synchronized void start(String name, Work work) {
        Thread thread = new Thread(() -> guarded(work), "penstock-" + pipeline + "-" + name);
        thread.setDaemon(true);
        started.add(thread);
        thread.start();
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            mailbox.fail(new EngineException(
                    "Cannot go on: thread '" + Thread.currentThread().getName()
                            + "' was interrupted by a connector or from outside",
                    e));
        } catch (RuntimeException | Error e) {
            mailbox.fail(e);
        }
    }

    private synchronized List<Thread> all() {
        return List.copyOf(started);
    }

    /**
     * Waits for all threads to end by themselves, then interrupts those that have not and waits half as long again.
     *
     * @throws EngineException if one is still alive, naming it and where it is
     */
    void join(Duration grace) {
        boolean interrupted = Thread.interrupted();
        interrupted |= joinAll(grace);
        all().stream().filter(Thread::isAlive).forEach(Thread::interrupt);
        interrupted |= joinAll(grace.dividedBy(2));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        all().stream().filter(Thread::isAlive).findFirst().ifPresent(thread -> {
            throw new EngineException("Cannot end thread '" + thread.getName() + "': it is stuck in a connector"
                    + place(thread)
                    + "; end this process and run the pipeline again, and report this to the connector's author");
        });
    }

    /** The innermost code that does not belong to the JDK: what waits is seldom what is to blame. */
    private static String place(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return Arrays.stream(frames)
                .filter(frame -> frame.getModuleName() == null)
                .findFirst()
                .or(() -> Arrays.stream(frames).findFirst())
                .map(frame -> " at " + frame)
                .orElse("");
    }

    private boolean joinAll(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        boolean interrupted = false;
        for (Thread thread : all()) {
            interrupted |= joinUntil(thread, end);
        }
        return interrupted;
    }

    private static boolean joinUntil(Thread thread, long end) {
        boolean interrupted = false;
        long left = end - System.nanoTime();
        while (thread.isAlive() && left > 0) {
            try {
                thread.join(Math.max(1, left / 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = end - System.nanoTime();
        }
        return interrupted;
    }
}
