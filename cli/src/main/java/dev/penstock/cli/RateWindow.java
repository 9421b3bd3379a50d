package dev.penstock.cli;

import dev.penstock.engine.embedded.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast rows and bytes have come over the last few seconds. */
final class RateWindow {
    static final RateWindow EMPTY = new RateWindow(new ArrayDeque<>());

    private static final Duration SPAN = Duration.ofSeconds(5);

    private final Deque<Sample> samples;

    private RateWindow(Deque<Sample> samples) {
        this.samples = samples;
    }

    private record Sample(Duration at, long rows, long bytes) {}

    /** This window with one more look at a run. */
    RateWindow add(Duration at, Progress progress) {
        Deque<Sample> kept = new ArrayDeque<>(samples);
        kept.add(new Sample(at, progress.rows(), progress.bytes()));
        while (kept.size() > 2 && at.minus(kept.getFirst().at()).compareTo(SPAN) > 0) {
            kept.removeFirst();
        }
        return new RateWindow(kept);
    }

    /** Rows a second. */
    double rows() {
        return samples.isEmpty() ? 0 : Figures.rate(last().rows() - first().rows(), span());
    }

    /** Bytes a second. */
    double bytes() {
        return samples.isEmpty() ? 0 : Figures.rate(last().bytes() - first().bytes(), span());
    }

    private Duration span() {
        return last().at().minus(first().at());
    }

    /** Where the window begins: the start of the run if nothing was seen before. */
    private Sample first() {
        return samples.size() == 1 ? new Sample(Duration.ZERO, 0, 0) : samples.getFirst();
    }

    private Sample last() {
        return samples.getLast();
    }
}
