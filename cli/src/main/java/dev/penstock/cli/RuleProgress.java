package dev.penstock.cli;

import dev.penstock.cli.log.StandardError;
import dev.penstock.conformance.rule.Attempt;
import dev.penstock.conformance.rule.Outcome;
import dev.penstock.conformance.rule.RuleResult;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Says rule by rule what came of it, and on a terminal which one is being tried. */
final class RuleProgress {
    private final Surroundings surroundings;
    private final int total;
    private final long started = System.nanoTime();
    private int done;
    private int broken;

    RuleProgress(Surroundings surroundings, int total) {
        this.surroundings = surroundings;
        this.total = total;
    }

    void begin(Attempt attempt) {
        if (surroundings.columns() > 0) {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - started).truncatedTo(ChronoUnit.SECONDS);
            String text = Figures.duration(elapsed) + "  " + done + " of " + total + "  "
                    + (broken > 0 ? broken + " broken  " : "") + attempt.title();
            StandardError.shared().status(text.substring(0, Math.min(text.length(), surroundings.columns() - 1)));
        }
    }

    void end(RuleResult result) {
        done++;
        broken += result.broken() ? 1 : 0;
        StandardError.shared().status("");
        String took = Figures.duration(result.duration());
        surroundings.out().println(word(result) + "  " + result.attempt().title() + " (" + took + ")");
        detail(result.outcome()).lines().forEach(line -> surroundings.out().println("      " + line));
    }

    /** As wide as the widest, so that rules stand below each other. */
    private static String word(RuleResult result) {
        Outcome outcome = result.outcome();
        String word = outcome instanceof Outcome.Skipped
                ? "skip"
                : outcome.broken() && !result.rule().required()
                        ? "note"
                        : outcome.word().replaceAll("\\(.*", "");
        return String.format("%-5s", word);
    }

    private static String detail(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.message();
        } else if (outcome instanceof Outcome.Flaky flaky) {
            return flaky.word() + "\n" + flaky.failure().message();
        } else if (outcome instanceof Outcome.Skipped skipped) {
            return skipped.word() + ": " + skipped.detail();
        }
        return "";
    }

    void close() {
        StandardError.shared().status("");
    }
}
