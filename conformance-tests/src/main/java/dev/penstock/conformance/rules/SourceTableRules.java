package dev.penstock.conformance.rules;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.data.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** SP-13: what exists, then what changes. */
final class SourceTableRules {
    private static final int FIRST_ROWS = 40;
    private static final int CHANGES = 120;
    private static final int MAX_ROWS = 7;

    private SourceTableRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                        "SP-13",
                        Tier.T3,
                        "What exists and what changes come together to the table as it is, wherever reading stopped",
                        SourceTableRules::handOff)
                .of(Role.SOURCE)
                .needing(Capability.SNAPSHOT_AND_STREAM));
    }

    /**
     * Changes a table while it is read, gives reading up at any moment, resumes, and folds what came.
     *
     * <p>If this fails, check: the place that changes are read from is captured before the first row of the snapshot,
     * and is part of the state from then on.
     */
    private static void handOff(Trial trial) {
        trial.fixture().source().create(1);
        Table table = new Table(trial);
        for (int row = 0; row < FIRST_ROWS; row++) {
            table.insert();
        }
        for (int run = 0; run < trial.effort().seeds(); run++) {
            Fold fold = new Fold();
            int changes = CHANGES;
            while (changes > 0 || !fold.caughtUp) {
                changes = oneLife(trial, table, fold, changes);
            }
            fold.requireEqual(table, run);
        }
    }

    /** Reads from the last durable state on until chance ends it; gives how many changes are left to make. */
    private static int oneLife(Trial trial, Table table, Fold fold, int changes) {
        int left = changes;
        Random random = trial.random();
        fold.restore();
        try (OpenSource source = OpenSource.open(trial, Reading.TABLE)) {
            Partition partition = source.onlyPartition();
            OpenReader reader =
                    fold.durable.map(state -> source.resume(partition, state)).orElseGet(() -> source.read(partition));
            while (left > 0 || !fold.caughtUp) {
                fold.take(reader, left == 0);
                for (int change = random.nextInt(4); change > 0 && left > 0; change--, left--) {
                    table.change();
                }
                if (random.nextInt(3) == 0) {
                    fold.makeDurable(reader.position());
                }
                if (left > 0 && random.nextInt(6) == 0) {
                    return left;
                }
            }
        }
        return left;
    }

    /** The table as it is. */
    private static final class Table {
        private final SourceSide side;
        private final Random random;
        private final long run;
        private final Map<String, NumberedRow> rows = new TreeMap<>();
        private long sequence;

        Table(Trial trial) {
            this.side = trial.fixture().source();
            this.random = trial.random();
            this.run = trial.seed();
        }

        void change() {
            int kind = random.nextInt(4);
            if (kind == 0 || rows.isEmpty()) {
                insert();
            } else if (kind == 1) {
                NumberedRow deleted = row(Operation.DELETE, anyKey());
                rows.remove(deleted.key());
                side.delete(deleted);
            } else {
                NumberedRow updated = row(Operation.UPDATE, anyKey());
                rows.put(updated.key(), updated);
                side.update(updated);
            }
        }

        void insert() {
            NumberedRow row = row(Operation.INSERT, "key-" + sequence);
            rows.put(row.key(), row);
            side.append(0, List.of(row));
        }

        private String anyKey() {
            return new ArrayList<>(rows.keySet()).get(random.nextInt(rows.size()));
        }

        private NumberedRow row(Operation operation, String key) {
            return NumberedRow.of(operation, new NumberedRow.Place(run, 0, sequence++), key, "text " + sequence);
        }
    }

    /** The table that comes of what was read; goes back to the last durable state when reading starts again. */
    private static final class Fold {
        private final Map<String, NumberedRow> rows = new TreeMap<>();
        private final Map<String, NumberedRow> durableRows = new TreeMap<>();
        private Optional<ResumeState> durable = Optional.empty();
        private int idle;
        private boolean caughtUp;

        void take(OpenReader reader, boolean quiet) {
            Poll poll = reader.poll(MAX_ROWS, OpenReader.MANY_BYTES, Duration.ofMillis(2));
            if (poll instanceof Poll.Rows) {
                reader.batches().get(reader.batches().size() - 1).rows().forEach(this::apply);
            }
            idle = quiet && poll instanceof Poll.Idle ? idle + 1 : 0;
            caughtUp = idle > 1; // the first may have been known before the last change
        }

        private void apply(NumberedRow row) {
            if (row.operation() == Operation.DELETE) {
                rows.remove(row.key());
            } else {
                rows.put(row.key(), row);
            }
        }

        void makeDurable(ResumeState state) {
            durable = Optional.of(state);
            durableRows.clear();
            durableRows.putAll(rows);
        }

        void restore() {
            rows.clear();
            rows.putAll(durableRows);
        }

        void requireEqual(Table table, int run) {
            Map<String, NumberedRow> all = new TreeMap<>(table.rows);
            all.putAll(rows);
            for (String key : all.keySet()) {
                Optional<NumberedRow> is = Optional.ofNullable(table.rows.get(key));
                Optional<NumberedRow> came = Optional.ofNullable(rows.get(key));
                if (!is.map(NumberedRow::text).equals(came.map(NumberedRow::text))) {
                    throw new RuleViolation(
                            "run " + run + ": the table has " + text(is, key) + ", and what was read comes to "
                                    + text(came, key),
                            "the place that changes are read from is captured before the first row of the snapshot"
                                    + " and kept in the state");
                }
            }
        }

        private static String text(Optional<NumberedRow> row, String key) {
            return row.map(there -> there + " with '" + there.text() + "'").orElse("no row with key '" + key + "'");
        }
    }
}
