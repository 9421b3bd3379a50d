package dev.penstock.cli;

import dev.penstock.cli.log.StandardError;
import dev.penstock.engine.embedded.Progress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Shows how far a run is while it runs: one line that is drawn again and again on a terminal, a line every ten seconds
 * elsewhere. It has a thread of its own, so that the engine is never held up by a slow terminal.
 */
final class ProgressDisplay {
    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration LOG = Duration.ofSeconds(10);

    private final Supplier<Progress> progress;
    private final int columns;
    private final long started = System.nanoTime();
    private final Thread thread = new Thread(this::show, "penstock-progress");
    private RateWindow rates = RateWindow.EMPTY;

    private ProgressDisplay(Supplier<Progress> progress, int columns) {
        this.progress = progress;
        this.columns = columns;
        thread.setDaemon(true);
    }

    /** Starts to show; {@code columns} is the width of the terminal, or 0 if there is none. */
    static ProgressDisplay start(Supplier<Progress> progress, int columns) {
        ProgressDisplay display = new ProgressDisplay(progress, columns);
        display.thread.start();
        return display;
    }

    private void show() {
        Duration interval = columns > 0 ? REDRAW : LOG;
        try {
            while (true) {
                Thread.sleep(interval.toMillis());
                draw();
            }
        } catch (InterruptedException closed) {
            StandardError.shared().status("");
        }
    }

    private void draw() {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
        Progress now = progress.get();
        rates = rates.add(elapsed, now);
        String text = text(elapsed, now, rates);
        if (columns > 0) {
            StandardError.shared().status(text.length() < columns ? text : text.substring(0, columns - 1));
        } else {
            StandardError.shared().line(text);
        }
    }

    static String text(Duration elapsed, Progress now, RateWindow rates) {
        return Figures.duration(elapsed.truncatedTo(ChronoUnit.SECONDS))
                + "  " + Figures.count(now.rows(), "row")
                + "  " + Figures.rowsPerSecond(rates.rows())
                + "  " + Figures.megabytesPerSecond(rates.bytes())
                + "  epoch " + Figures.count(now.epochs())
                + now.lag().map(lag -> "  lag " + Figures.duration(lag)).orElse("")
                + (now.deadLetters() > 0 ? "  " + Figures.count(now.deadLetters(), "dead letter") : "")
                + (now.restarts() > 0 ? "  " + Figures.count(now.restarts(), "restart") : "")
                + "  " + now.activity().toLowerCase(Locale.ROOT);
    }

    /** Stops to show, and leaves no line behind. */
    void close() {
        thread.interrupt();
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
