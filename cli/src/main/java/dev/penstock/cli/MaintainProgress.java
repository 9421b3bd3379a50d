package dev.penstock.cli;

import dev.penstock.cli.log.StandardError;
import dev.penstock.spi.Maintenance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows how far maintenance is: one line that is drawn again and again on a terminal, a line every ten seconds
 * elsewhere; what is changed goes to standard output, or is gathered for the JSON of the end.
 */
final class MaintainProgress implements Maintenance.Progress {
    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration LOG = Duration.ofSeconds(10);

    private final Surroundings surroundings;
    private final MaintainRun.Showing showing;
    private final List<String> items = new ArrayList<>();
    private long shown = System.nanoTime();

    MaintainProgress(Surroundings surroundings, MaintainRun.Showing showing) {
        this.surroundings = surroundings;
        this.showing = showing;
    }

    @Override
    public void at(String activity, long done, long total) {
        boolean terminal = surroundings.columns() > 0;
        Duration interval = terminal ? REDRAW : LOG;
        if (!showing.progress() || System.nanoTime() - shown < interval.toNanos()) {
            return;
        }
        shown = System.nanoTime();
        String text = text(activity, done, total);
        if (terminal) {
            StandardError.shared()
                    .status(text.substring(0, Math.min(text.length(), Math.max(0, surroundings.columns() - 1))));
        } else {
            StandardError.shared().line(text);
        }
    }

    static String text(String activity, long done, long total) {
        if (done == 0 && total == 0) {
            return activity;
        }
        return activity + "  " + Figures.count(done)
                + (total == 0 ? "" : " of " + Figures.count(total) + "  " + 100 * done / total + " %");
    }

    @Override
    public void item(String what) {
        if (showing.items() && showing.json()) {
            items.add(what);
        } else if (showing.items()) {
            surroundings.out().println("  " + what);
        }
    }

    /** What was told of so far, if it is gathered. */
    List<String> items() {
        return List.copyOf(items);
    }

    /** Leaves no status line behind. */
    void close() {
        if (showing.progress() && surroundings.columns() > 0) {
            StandardError.shared().status("");
        }
    }
}
