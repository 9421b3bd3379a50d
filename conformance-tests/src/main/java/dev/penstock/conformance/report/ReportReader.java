package dev.penstock.conformance.report;

import dev.penstock.conformance.json.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Reads {@code conformance.json}, so that others can compute badges anew from what was seen. */
public final class ReportReader {
    private ReportReader() {}

    /**
     * Reads a report.
     *
     * @throws UncheckedIOException if it is none
     */
    public static ConformanceReport read(Path file) {
        try {
            return report(JsonTree.read(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read report '" + file + "': " + e.getMessage(), e);
        }
    }

    private static ConformanceReport report(JsonTree tree) {
        return new ConformanceReport(
                new ConformanceReport.Kit(
                        tree.in("kit").text("version"), tree.in("kit").text("spi")),
                product(tree.in("connector")),
                tree.text("system"),
                host(tree.in("host")),
                terms(tree.in("run")),
                tree.objects("rules").stream().map(ReportReader::rule).toList());
    }

    private static ConformanceReport.Host host(JsonTree host) {
        return new ConformanceReport.Host(
                host.text("os"), host.text("architecture"), host.text("java"), (int) host.number("processors"));
    }

    private static ConformanceReport.Terms terms(JsonTree run) {
        return new ConformanceReport.Terms(
                Instant.parse(run.text("started")),
                run.number("seconds"),
                (long) run.number("seed"),
                run.text("effort"),
                run.flag("complete"));
    }

    private static ConformanceReport.Product product(JsonTree connector) {
        return new ConformanceReport.Product(
                connector.text("name"),
                connector.text("version"),
                connector.text("coordinates"),
                connector.text("jar"),
                connector.text("sha256"),
                connector.texts("capabilities"));
    }

    private static ReportedRule rule(JsonTree rule) {
        return new ReportedRule(
                rule.text("id"),
                rule.text("sentence"),
                rule.text("tier"),
                rule.text("role"),
                rule.text("engine"),
                rule.flag("required"),
                rule.text("outcome"),
                rule.text("detail"),
                rule.number("seconds"),
                rule.text("evidence"));
    }
}
