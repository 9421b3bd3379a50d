package dev.penstock.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.rule.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadgeTest {
    @TempDir
    Path directory;

    private static ReportedRule rule(String id, String tier, String engine, String outcome) {
        return new ReportedRule(id, "Something <holds>", tier, "sink", engine, true, outcome, "a \"detail\"", 0.25, "");
    }

    private static ConformanceReport report(String effort, ReportedRule... rules) {
        return new ConformanceReport(
                new ConformanceReport.Kit("1.0", "1.0"),
                new ConformanceReport.Product("orders", "1.2.3", "com.example:orders:1.2.3", "a.jar", "00", List.of()),
                "Orders 7",
                new ConformanceReport.Host("Linux", "amd64", "17", 2),
                new ConformanceReport.Terms(Instant.EPOCH, 1.5, 17, effort, true),
                List.of(rules));
    }

    private static Badge only(ConformanceReport report) {
        List<Badge> badges = Badge.of(report);
        assertThat(badges).hasSize(1);
        return badges.get(0);
    }

    @Test
    void aLevelNeedsEveryRuleOfItsTiers() {
        Badge badge = only(report(
                "full",
                rule("CF-01", "T0", "", "pass"),
                rule("SA-03", "T1", "", "skipped(capability)"),
                rule("SA-05", "T2", "", "pass"),
                rule("SA-01", "T3", "", "fail")));
        assertThat(badge.text()).isEqualTo("sink: fault-tolerant");
        assertThat(badge.blockers()).containsExactly("SA-01 fail");
    }

    @Test
    void whatWasNotTriedBlocks() {
        for (String outcome : List.of("skipped(hook)", "skipped(tier)", "waived", "flaky(2 of 3)", "fail")) {
            Badge badge = only(report("full", rule("CF-01", "T0", "", "pass"), rule("SA-03", "T1", "", outcome)));
            assertThat(badge.level()).as(outcome).isEqualTo(Badge.Level.NONE);
        }
    }

    @Test
    void aTierInWhichNothingPassedGivesNoLevel() {
        Badge badge =
                only(report("full", rule("CF-01", "T0", "", "pass"), rule("SP-13", "T3", "", "skipped(capability)")));
        assertThat(badge.level()).isEqualTo(Badge.Level.CORE);
        assertThat(badge.blockers()).containsExactly("no rule of the tier was tried");
    }

    @Test
    void enginesHaveBadgesOfTheirOwn() {
        ConformanceReport report = report(
                "full",
                rule("CF-01", "T0", "", "pass"),
                rule("SP-01", "T1", "kit", "pass"),
                rule("SP-01", "T1", "embedded", "fail"));
        assertThat(Badge.of(report))
                .extracting(Badge::text)
                .containsExactly("sink on embedded: none", "sink on kit: core");
    }

    @Test
    void lessThanFullEffortProvesNothing() {
        assertThat(only(report("default", rule("CF-01", "T0", "", "pass"))).text())
                .isEqualTo("sink: core, not proven");
        assertThat(Effort.FULL.title()).isEqualTo("full");
    }

    @Test
    void aReportSaysTheSameOnceItIsReadAgain() throws IOException {
        ConformanceReport report =
                report("full", rule("CF-01", "T0", "", "pass"), rule("SA-05", "T2", "kit", "flaky(1 of 3)"));
        ReportDirectory.write(directory, report, List.of());
        ConformanceReport again = ReportReader.read(directory.resolve(ReportDirectory.JSON));
        assertThat(again).isEqualTo(report);
        assertThat(Badge.of(again)).isEqualTo(Badge.of(report));
    }

    @Test
    void timesAreToldByTier() throws IOException {
        ConformanceReport report = report(
                "full",
                rule("CF-01", "T0", "", "pass"),
                rule("SA-03", "T1", "", "pass"),
                rule("SA-04", "T1", "", "pass"),
                rule("SA-01", "T3", "", "fail"));
        assertThat(report.tierTimes().text()).isEqualTo("T0 0.3 s, T1 0.5 s, T3 0.3 s; T0 and T1 0.8 s, all 1.0 s");
        ReportDirectory.write(directory, report, List.of());
        assertThat(directory.resolve(ReportDirectory.JSON))
                .content()
                .containsIgnoringWhitespaces("\"seconds-by-tier\" : { \"T0\" : 0.25, \"T1\" : 0.5, \"T3\" : 0.25 }");
    }

    @Test
    void thePageIsWholeAndEscaped() throws IOException {
        ReportDirectory.write(directory, report("full", rule("CF-01", "T0", "", "fail")), List.of());
        assertThat(Files.readString(directory.resolve(ReportDirectory.PAGE)))
                .contains("Something &lt;holds&gt;", "a &quot;detail&quot;", "com.example:orders:1.2.3", "Orders 7")
                .doesNotContain("<script", "href=\"http", "src=");
        assertThat(directory.resolve("badge-sink.svg")).content().contains("penstock sink", "none");
    }
}
