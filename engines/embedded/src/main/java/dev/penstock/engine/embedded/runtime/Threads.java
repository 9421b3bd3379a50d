package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.EngineException;
import java.time.Duration;
import java.util.ArrayList;
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

    /** Waits for all threads to end by themselves, then interrupts those that have not. */
    void join(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        boolean interrupted = Thread.interrupted();
        for (Thread thread : all()) {
            interrupted |= joinUntil(thread, end);
        }
        all().stream().filter(Thread::isAlive).forEach(Thread::interrupt);
        long last = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        for (Thread thread : all()) {
            interrupted |= joinUntil(thread, last);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        all().stream().filter(Thread::isAlive).findFirst().ifPresent(thread -> {
            throw new EngineException("Cannot end thread '" + thread.getName() + "': it is stuck in a connector at "
                    + thread.getStackTrace()[0] + "; report this to the connector's author");
        });
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
