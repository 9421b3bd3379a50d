package dev.penstock.conformance.process;

import dev.penstock.spi.Prepared;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Ends this process, without warning, when a connector passes a point for the n-th time.
 *
 * <p><b>Threads:</b> any; whoever passes while the process ends stays where it is.
 */
final class Tripwire {
    /** The exit code of a process that was ended here. */
    static final int EXIT = 99;

    private final ChildJob.Trip trip;
    private final Markers markers;
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicLong safe = new AtomicLong();
    private volatile boolean committing;

    Tripwire(ChildJob.Trip trip, Markers markers) {
        this.trip = trip;
        this.markers = markers;
    }

    Markers markers() {
        return markers;
    }

    /** The process has come to a point. */
    void pass(CrashPoint point) {
        if (isHere(point)) {
            act(point);
        }
    }

    private boolean isHere(CrashPoint point) {
        return trip.point() == point && passed.incrementAndGet() == trip.occurrence();
    }

    private void act(CrashPoint point) {
        switch (trip.action()) {
            case HALT -> halt(Markers.HIT, point);
            case ASK -> {
                markers.print(Markers.ASK, point.toString());
                markers.awaitAnswer();
            }
        }
    }

    private void halt(String kind, CrashPoint point) {
        markers.print(kind, point + " " + safe.get());
        Runtime.getRuntime().halt(EXIT);
    }

    /** The commit of {@code handles} begins. */
    void committing(List<Prepared> handles) {
        committing = true;
        if (trip.point() == CrashPoint.BEFORE_COMMIT && trip.action() == ChildJob.Action.ASK) {
            markers.print(
                    Markers.HANDLES, handles.stream().map(PreparedText::of).collect(Collectors.joining(",")));
        }
        pass(CrashPoint.BEFORE_COMMIT);
        if (isHere(CrashPoint.DURING_COMMIT)) {
            if (trip.action() == ChildJob.Action.ASK) {
                act(CrashPoint.DURING_COMMIT);
            } else {
                haltSoon();
            }
        }
    }

    /** Ends the process a moment later, while the commit runs; if it runs no more, says that it was missed. */
    private void haltSoon() {
        long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(trip.micros());
        Thread thread = new Thread(
                () -> {
                    while (System.nanoTime() < end) {
                        LockSupport.parkNanos(end - System.nanoTime());
                    }
                    halt(committing ? Markers.HIT : Markers.MISSED, CrashPoint.DURING_COMMIT);
                },
                "tripwire");
        thread.setDaemon(true);
        thread.start();
    }

    /** A commit has returned, and so many rows more are safe. */
    void committed(long rows) {
        committing = false;
        safe.addAndGet(rows);
        if (trip.point() == CrashPoint.DURING_COMMIT && trip.action() == ChildJob.Action.ASK) {
            markers.print(Markers.RETURNED, String.valueOf(passed.get()));
        }
        pass(CrashPoint.AFTER_COMMIT);
    }

    /** A flush has returned, and so many rows more are safe. */
    void flushed(long rows) {
        safe.addAndGet(rows);
        pass(CrashPoint.AFTER_FLUSH);
    }
}
