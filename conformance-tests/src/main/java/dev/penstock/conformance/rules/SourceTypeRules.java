package dev.penstock.conformance.rules;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Role;
import dev.penstock.spi.data.Row;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** SP-14: values, exactly. */
final class SourceTypeRules {
    /** Of one run at a time: time zone and language are the process's. */
    private SourceTypeRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                        "SP-14",
                        Tier.T1,
                        "Every value of every type is read exactly, alike as what exists and as what changes, anywhere",
                        SourceTypeRules::types)
                .of(Role.SOURCE)
                .whileAlone());
    }

    /**
     * Reads the type matrix here, and as if in Kathmandu and in Turkish, where an hour has other quarters and an i
     * another capital.
     *
     * <p>If this fails, check: what goes through the default time zone or the default locale on its way.
     */
    private static void types(Trial trial) {
        List<Row> expected = trial.fixture().source().appendTypes();
        requireRead(trial, Reading.BOUNDED, expected, "here");
        if (trial.connector().descriptor().can(Capability.SNAPSHOT_AND_STREAM)) {
            requireRead(trial, Reading.TABLE, expected, "here");
        }
        elsewhere(() -> requireRead(trial, Reading.BOUNDED, expected, "in Asia/Kathmandu and Turkish"));
    }

    private static void elsewhere(Runnable check) {
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            check.run();
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
    }

    private static void requireRead(Trial trial, Reading wanted, List<Row> expected, String where) {
        Reading reading = OpenSource.settings(trial, wanted).isPresent() ? wanted : Reading.UNBOUNDED;
        List<Row> seen;
        try (OpenSource source = OpenSource.open(trial, reading)) {
            seen = source.rowsAsTheyAre(expected.size());
        }
        for (int index = 0; index < expected.size(); index++) {
            if (index >= seen.size()) {
                throw new RuleViolation("row " + index + " is missing, read " + reading + " " + where, "what is read");
            }
            requireSame(expected.get(index), seen.get(index), "row " + index + ", read " + reading + " " + where);
        }
    }

    private static void requireSame(Row expected, Row seen, String which) {
        for (String column : expected.schema().names()) {
            @Nullable Object value = expected.get(column);
            @Nullable Object read = seen.get(column);
            Row one = Row.of(expected.schema().project(expected.schema().indexOf(column)), value);
            if (!one.equals(Row.of(one.schema(), read))) {
                throw new RuleViolation(
                        "column '" + column + "' of " + which + ", is " + shown(read) + " where " + shown(value)
                                + " was put",
                        "how values of type "
                                + expected.schema().field(column).type().text()
                                + " are decoded: no default time zone, no default locale, no detour over double");
            }
        }
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 80) + "… (" + text.length() + " characters)";
    }
}
