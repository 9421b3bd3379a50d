package dev.penstock.conformance.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a report shows for one role, on one engine.
 *
 * <p>A level needs every required rule of its tiers kept; what does not concern the connector does not count, and what
 * was waived, flaky or not tried does count as not kept. A tier in which no rule was kept gives no level of its own.
 *
 * @param role {@code source}, {@code sink}, …
 * @param engine {@code kit}, {@code embedded}, …; empty if no rule ran on engines
 * @param level how far it goes
 * @param blockers the rules that stand before the next level, as {@code SP-02 fail}; empty at the highest
 * @param proven whether all rules were tried, with full effort
 */
public record Badge(String role, String engine, Level level, List<String> blockers, boolean proven) {
    public Badge {
        blockers = List.copyOf(blockers);
    }

    /** How far a connector goes. */
    public enum Level {
        NONE("none", ""),
        CORE("core", "T0 T1"),
        FAULT_TOLERANT("fault-tolerant", "T2"),
        CRASH_SAFE("crash-safe", "T3");

        private final String text;
        private final String tiers;

        Level(String text, String tiers) {
            this.text = text;
            this.tiers = tiers;
        }

        /** As badges say it. */
        public String text() {
            return text;
        }
    }

    /** The badges of a report, by role and engine. */
    public static List<Badge> of(ConformanceReport report) {
        List<Badge> badges = new ArrayList<>();
        List<String> engines = report.engines().isEmpty() ? List.of("") : report.engines();
        for (String role : report.roles()) {
            for (String engine : engines) {
                badges.add(of(report, role, engine));
            }
        }
        return badges;
    }

    private static Badge of(ConformanceReport report, String role, String engine) {
        List<ReportedRule> rules = report.rules().stream()
                .filter(rule -> rule.role().equals(role))
                .filter(rule -> rule.engine().isEmpty() || rule.engine().equals(engine))
                .toList();
        Level reached = Level.NONE;
        List<String> blockers = List.of();
        for (Level next : List.of(Level.CORE, Level.FAULT_TOLERANT, Level.CRASH_SAFE)) {
            List<ReportedRule> needed = rules.stream()
                    .filter(rule -> next.tiers.contains(rule.tier()))
                    .toList();
            blockers = blockers(needed);
            if (!blockers.isEmpty()) {
                break;
            }
            reached = next;
        }
        return new Badge(role, engine, reached, blockers, report.terms().enoughForBadges());
    }

    private static List<String> blockers(List<ReportedRule> needed) {
        List<String> bad = needed.stream()
                .filter(rule -> !rule.good())
                .map(ReportedRule::brief)
                .toList();
        boolean shown = needed.stream().anyMatch(ReportedRule::passed);
        return bad.isEmpty() && !shown ? List.of("no rule of the tier was tried") : bad;
    }

    /** What it says: {@code sink on embedded: crash-safe}. */
    public String text() {
        return role + (engine.isEmpty() ? "" : " on " + engine) + ": " + level.text
                + (proven || level == Level.NONE ? "" : ", not proven");
    }

    /** The file of its picture, next to the report. */
    public String file() {
        return ("badge-" + role + (engine.isEmpty() ? "" : "-" + engine) + ".svg").toLowerCase(Locale.ROOT);
    }
}
