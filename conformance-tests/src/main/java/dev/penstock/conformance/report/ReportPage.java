package dev.penstock.conformance.report;

import dev.penstock.conformance.rule.Group;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report as a page for people: one file, without scripts and without anything from elsewhere. */
final class ReportPage {
    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8884;--good:#2e7d32;--bad:#c0392b;--off:#777}
            body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
            table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
            th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid var(--line)}
            td:nth-child(1){white-space:nowrap;font-weight:600}
            .facts th{width:11rem;font-weight:600}
            .good{color:var(--good)}.bad{color:var(--bad);font-weight:600}.off{color:var(--off)}
            pre{white-space:pre-wrap;background:#8881;padding:.6rem;margin:.3rem 0;font-size:13px}
            code{overflow-wrap:anywhere}
            """;

    private final ConformanceReport report;
    private final StringBuilder page = new StringBuilder();

    private ReportPage(ConformanceReport report) {
        this.report = report;
    }

    static String html(ConformanceReport report) {
        return new ReportPage(report).write();
    }

    private String write() {
        String title = "Conformance of " + report.product().connector() + " "
                + report.product().version();
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>" + escaped(title) + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n")
                .append("<h1>" + escaped(title) + "</h1>\n");
        badges();
        facts();
        Arrays.stream(Group.values()).forEach(this::group);
        return page.append("</body>\n</html>\n").toString();
    }

    private void badges() {
        page.append("<table>\n<tr><th>Role and engine</th><th>Level</th><th>Before the next level</th></tr>\n");
        for (Badge badge : Badge.of(report)) {
            row(
                    escaped(badge.role() + (badge.engine().isEmpty() ? "" : " on " + badge.engine())),
                    BadgePicture.svg(badge),
                    escaped(String.join(", ", badge.blockers())));
        }
        page.append("</table>\n");
        if (!report.terms().enoughForBadges()) {
            page.append("<p>Not proven: a level is proven when all rules were tried "
                            + "with full effort; these were tried ")
                    .append("with " + escaped(report.terms().effort()) + " effort"
                            + (report.terms().complete() ? "" : ", and not all of them") + ".</p>\n");
        }
    }

    private void facts() {
        page.append("<table class=\"facts\">\n");
        fact("Connector", report.product().coordinates());
        fact("Jar", report.product().jar() + ", SHA-256 " + report.product().sha256());
        fact("Declares", String.join(", ", report.product().capabilities()).toLowerCase(Locale.ROOT));
        fact("System", report.system());
        fact("Engines", report.engines().isEmpty() ? "none" : String.join(", ", report.engines()));
        fact("Kit", report.kit().version() + ", SPI " + report.kit().spi());
        fact("Host", host());
        fact("Run", run());
        fact("Time", report.tierTimes().text());
        fact("Outcomes", outcomes());
        page.append("</table>\n");
    }

    private String host() {
        ConformanceReport.Host host = report.host();
        return host.os() + ", " + host.architecture() + ", Java " + host.java() + ", " + host.processors()
                + " processors";
    }

    private String run() {
        ConformanceReport.Terms terms = report.terms();
        return terms.started() + ", " + terms.seconds() + " s, seed " + terms.seed() + ", " + terms.effort()
                + " effort";
    }

    private String outcomes() {
        return report.rules().stream()
                .collect(Collectors.groupingBy(
                        rule -> rule.outcome().replaceAll("\\(\\d.*", ""), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private void fact(String name, String value) {
        page.append("<tr><th>" + name + "</th><td><code>" + escaped(value) + "</code></td></tr>\n");
    }

    private void group(Group group) {
        List<ReportedRule> rules = report.rules().stream()
                .filter(rule -> Group.of(rule.id()) == group)
                .sorted(Comparator.comparing(ReportedRule::id))
                .toList();
        if (rules.isEmpty()) {
            return;
        }
        page.append("<h2>" + group.prefix() + ": " + group + "</h2>\n<table>\n")
                .append("<tr><th>Rule</th><th>What holds</th><th>As</th><th>Outcome</th><th>Seconds</th></tr>\n");
        rules.forEach(this::rule);
        page.append("</table>\n");
    }

    private void rule(ReportedRule rule) {
        String kind = rule.passed() ? "good" : rule.outcome().equals("skipped(capability)") ? "off" : "bad";
        String detail = rule.detail().isEmpty() ? "" : "<pre>" + escaped(rule.detail()) + "</pre>";
        String evidence = rule.evidence().isEmpty() ? "" : "<a href=\"" + escaped(rule.evidence()) + "\">evidence</a>";
        row(
                rule.id() + "<br>" + rule.tier() + (rule.required() ? "" : " advice"),
                escaped(rule.sentence()) + detail + evidence,
                escaped(rule.role() + (rule.engine().isEmpty() ? "" : " on " + rule.engine())),
                "<span class=\"" + kind + "\">" + escaped(rule.outcome()) + "</span>",
                String.valueOf(rule.seconds()));
    }

    private void row(String... cells) {
        page.append("<tr>");
        for (String cell : cells) {
            page.append("<td>" + cell + "</td>");
        }
        page.append("</tr>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
