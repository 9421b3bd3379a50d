package dev.penstock.connector.iceberg;

import dev.penstock.spi.Maintenance;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/**
 * What an action has to work with.
 *
 * @param stopped whether somebody wants it to end after the step under way
 */
record Upkeep(
        TableAccess access,
        SinkSettings.Commits commits,
        Maintenance.Request request,
        Maintenance.Progress progress,
        Clock clock,
        BooleanSupplier stopped) {
    /** A loop of attempts on the table. */
    CommitLoop loop() {
        return new CommitLoop(() -> new CommitTable(access.load()), commits.timeout());
    }

    boolean dryRun() {
        return request.dryRun();
    }

    /** {@code 1 file}, {@code 2 files}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 1.5 MB}, in powers of ten. */
    static String megabytes(long bytes) {
        return Math.round(bytes / 1e4) / 100.0 + " MB";
    }
}
