package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.Role;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The rule about columns that do not fit. */
final class SchemaRules {
    private static final int ROWS = 5;
    private static final int LONG_TEXT = 100_000;

    private SchemaRules() {}

    static Rule negotiated() {
        return Rule.of(
                        "SA-08",
                        Tier.T1,
                        "Columns are agreed on before the first row and when they change; what is taken is kept as it"
                                + " is, and nothing is bent, cut or dropped to fit",
                        trial -> new Negotiation(trial).run())
                .of(Role.SINK);
    }

    /** If this fails, check: Sink.plan, and what a writer does with columns that the target does not have. */
    private static final class Negotiation {
        private final Trial trial;
        private final SinkSide side;
        private long epoch;
        private long sequence;

        Negotiation(Trial trial) {
            this.trial = trial;
            this.side = trial.fixture().sink();
        }

        void run() {
            side.create();
            try (SinkIncarnation incarnation = SinkIncarnation.start(trial, Life.first(side.append()))) {
                asAgreed(incarnation, "before any change");
                for (Drift drift : drifts(side.schema())) {
                    boolean taken = tried(incarnation, drift);
                    trial.note(drift.what() + ": " + (taken ? "taken" : "rejected"));
                    asAgreed(incarnation, "after '" + drift.what() + "'");
                }
                tooLong(incarnation);
            }
        }

        private List<NumberedRow> rows() {
            sequence += ROWS;
            return NumberedRow.inserts(trial.seed(), 0, sequence - ROWS, sequence);
        }

        /** Rows of the first columns are always welcome. */
        private void asAgreed(SinkIncarnation incarnation, String when) {
            if (incarnation.sink().plan(side.schema(), side.append()) instanceof SinkPlan.Reject reject) {
                throw new RuleViolation(
                        "The columns that were there first are rejected " + when + ": " + reject.problems(),
                        "Sink.plan: a change of the target must still take rows without it");
            }
            incarnation.sink().provision();
            List<NumberedRow> rows = rows();
            incarnation.epoch(++epoch, rows);
            new VisibleRows(side).include(rows, "when they were written " + when, "Sink.plan and SinkWriter.write");
        }

        private boolean tried(SinkIncarnation incarnation, Drift drift) {
            List<NumberedRow> rows = rows();
            RecordBatch batch = drift.apply(side.batch(rows), rows);
            SinkPlan plan = incarnation.sink().plan(batch.schema(), side.append());
            if (plan instanceof SinkPlan.Reject reject) {
                checkProblems(drift, reject.problems());
                return false;
            }
            if (plan instanceof SinkPlan.Evolve evolve) {
                checkChanges(drift, evolve);
            }
            incarnation.sink().provision();
            incarnation.begin(++epoch);
            Set<Integer> rejected = new HashSet<>();
            for (RejectedRow row : incarnation.write(0, batch).rejected()) {
                rejected.add(row.index());
            }
            incarnation.end();
            checkKept(drift, rows, rejected);
            return true;
        }

        private void checkProblems(Drift drift, List<Problem> problems) {
            if (problems.isEmpty()
                    || problems.stream().anyMatch(problem -> problem.reason().isBlank())) {
                throw new RuleViolation(
                        "'" + drift.what() + "' is rejected without a reason: " + problems, "SinkPlan.Reject.problems");
            }
            if (drift.what().equals(ADD) && trial.connector().descriptor().can(Capability.SCHEMA_EVOLUTION)) {
                throw new RuleViolation(
                        "'" + ADD + "' is rejected: " + problems,
                        "ConnectorDescriptor.capabilities: a sink that declares SCHEMA_EVOLUTION can add a column");
            }
        }

        private void checkChanges(Drift drift, SinkPlan.Evolve evolve) {
            if (!trial.connector().descriptor().can(Capability.SCHEMA_EVOLUTION)) {
                throw new RuleViolation(
                        "'" + drift.what() + "' would be met by " + evolve.changes(),
                        "ConnectorDescriptor.capabilities: SCHEMA_EVOLUTION is not declared");
            }
        }

        private void checkKept(Drift drift, List<NumberedRow> rows, Set<Integer> rejected) {
            if (drift.added().isEmpty()) {
                return;
            }
            String column = drift.added().get().name();
            Map<String, String> found = side.visible(column);
            for (int index = 0; index < rows.size(); index++) {
                String wanted = String.valueOf(drift.value().apply(rows.get(index)));
                String value = found.getOrDefault(rows.get(index).key(), "nothing");
                if (!rejected.contains(index) && !isSame(value, wanted)) {
                    throw new RuleViolation(
                            rows.get(index) + " has " + value + " in column '" + column + "' and was written with "
                                    + wanted + ", after '" + drift.what() + "' was accepted",
                            "Sink.plan: reject what the target cannot hold, or change the target; SinkWriter.write:"
                                    + " drop no column, convert no value");
                }
            }
        }

        private void tooLong(SinkIncarnation incarnation) {
            NumberedRow row = NumberedRow.of(
                    Operation.INSERT, new NumberedRow.Place(trial.seed(), 0, sequence), "long", "x".repeat(LONG_TEXT));
            incarnation.begin(++epoch);
            boolean taken =
                    incarnation.write(0, side.batch(List.of(row))).rejected().isEmpty();
            incarnation.end();
            trial.note("a text of " + LONG_TEXT + " characters: " + (taken ? "taken" : "rejected"));
            if (taken) {
                new VisibleRows(side)
                        .include(
                                List.of(row),
                                "when it was written with a text of " + LONG_TEXT + " characters",
                                "SinkWriter.write: reject a text that is too long, and cut none");
            }
        }
    }

    private static final String ADD = "a column is added";

    private static List<Drift> drifts(Schema schema) {
        Stream<Drift> added = Stream.of(
                Drift.with(ADD, Field.of("note", DataType.STRING), row -> "note " + row.sequence()),
                Drift.with("a small number is added", Field.of("size", DataType.INT32), row -> (int) row.sequence()),
                Drift.with("the number grows", Field.of("size", DataType.INT64), row -> (1L << 40) + row.sequence()),
                Drift.with("the number shrinks", Field.of("size", DataType.INT32), row -> -(int) row.sequence()));
        if (schema.find("sequence").isEmpty() || schema.find("text").isEmpty()) {
            Field first = schema.field(0);
            DataType other = first.type() == DataType.INT64 ? DataType.STRING : DataType.INT64;
            return Stream.concat(
                            added,
                            Stream.of(
                                    Drift.with(
                                            "'" + first.name() + "' becomes " + other.text(),
                                            first.typed(other),
                                            row -> other == DataType.INT64 ? (Object) row.sequence() : "seven"),
                                    Drift.without("'" + first.name() + "' is gone", first.name())))
                    .toList();
        }
        return Stream.concat(added, numbered()).toList();
    }

    private static Stream<Drift> numbered() {
        return Stream.of(
                Drift.with("a number becomes a text", Field.required("sequence", DataType.STRING), row -> "seven"),
                Drift.with(
                        "a number gets a fraction",
                        Field.required("sequence", DataType.FLOAT64),
                        row -> row.sequence() + 0.5),
                Drift.renamed(
                        "a column is renamed",
                        "text",
                        Field.of("words", DataType.STRING),
                        row -> "words of " + row.sequence()),
                Drift.without("a column is gone", "text"));
    }

    private static boolean isSame(String found, String wanted) {
        if (found.equals(wanted)) {
            return true;
        }
        try {
            return new BigDecimal(found).compareTo(new BigDecimal(wanted)) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
