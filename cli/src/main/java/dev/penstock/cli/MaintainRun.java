package dev.penstock.cli;

import dev.penstock.spi.Maintenance;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** One action for what one sink has written. */
final class MaintainRun {
    private final MaintainTarget target;
    private final Maintenance.Request request;
    private final Showing showing;

    MaintainRun(MaintainTarget target, Maintenance.Request request, Showing showing) {
        this.target = target;
        this.request = request;
        this.showing = showing;
    }

    /** What is shown of it. */
    record Showing(boolean progress, boolean items, boolean json) {}

    /** Does it, and gives the {@link ExitCode}. */
    int run(Surroundings surroundings) {
        long started = System.nanoTime();
        MaintainProgress progress = new MaintainProgress(surroundings, showing);
        try (Maintenance maintenance = target.connector().maintenance(target.settings())) {
            StopSignals signals = StopSignals.install(maintenance::stop);
            Maintenance.Report report;
            try {
                maintenance.open(target.context());
                report = maintenance.run(request, progress);
            } finally {
                progress.close();
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
            if (showing.json()) {
                surroundings.out().println(Json.of(asMap(report, progress, elapsed)));
            } else {
                print(report, elapsed, surroundings.out());
            }
            if (signals.received()) {
                return ExitCode.INTERRUPTED;
            }
            return report.finished() ? ExitCode.DONE : ExitCode.TRY_AGAIN;
        }
    }

    private void print(Maintenance.Report report, Duration elapsed, PrintStream out) {
        report.warnings().forEach(warning -> out.println(target.step() + ": warning: " + warning));
        out.println(target.step() + ": " + request.action() + (request.dryRun() ? " (dry run)" : "") + ": "
                + report.summary() + ", in " + Figures.duration(elapsed));
    }

    private Map<String, Object> asMap(Maintenance.Report report, MaintainProgress progress, Duration elapsed) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pipeline", target.context().pipeline());
        map.put("sink", target.step());
        map.put("action", request.action());
        map.put("dry_run", request.dryRun());
        map.put("changed", report.changed());
        map.put("finished", report.finished());
        map.put("summary", report.summary());
        map.putAll(report.figures());
        map.put("warnings", report.warnings());
        if (showing.items()) {
            map.put("items", progress.items());
        }
        map.put("seconds", elapsed.toMillis() / 1000.0);
        return map;
    }
}
