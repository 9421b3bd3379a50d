package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.NumberedRow.Place;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Role;
import dev.penstock.spi.Routing;
import dev.penstock.spi.data.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The rules about changes of rows that have keys, and about the order of rows. */
final class UpsertRules {
    private static final int KEYS = 12;
    private static final int EPOCHS = 3;
    private static final int WRITERS = 3;

    private UpsertRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                                "SA-03",
                                Tier.T1,
                                "Writing the last rows again leaves the same table: the last row of a key wins, and"
                                        + " deletes stay deleted",
                                UpsertRules::replay)
                        .of(Role.SINK)
                        .needing(Capability.UPSERT),
                Rule.of(
                                "SA-04",
                                Tier.T1,
                                "The changes of one key take effect in their order: within a batch, across batches,"
                                        + " writers and epochs",
                                UpsertRules::orderOfKeys)
                        .of(Role.SINK)
                        .needing(Capability.UPSERT),
                Rule.of(
                                "SA-04",
                                Tier.T1,
                                "The rows of one partition are kept in their order",
                                UpsertRules::orderOfPartitions)
                        .of(Role.SINK));
    }

    /**
     * If this fails, check: what a writer does with rows that are there already, and with deletes of rows that are not.
     */
    private static void replay(Trial trial) {
        SinkSide side = trial.fixture().sink();
        side.create();
        List<List<NumberedRow>> changes = changes(trial.seed(), trial.random());
        List<NumberedRow> table =
                VisibleRows.folded(changes.stream().flatMap(List::stream).toList());
        Life life = Life.first(side.upsert()).with(2);
        life = write(trial, life, changes);
        VisibleRows visible = new VisibleRows(side);
        visible.are(table, "after all rows were written once", "SinkWriter.write: what updates and deletes do");
        for (int from = EPOCHS - 1; from >= 0; from--) {
            for (int time = 0; time < 2; time++) {
                life = write(trial, life, changes.subList(from, EPOCHS));
                visible.are(
                        table,
                        "after the last " + (EPOCHS - from) + " epochs were written again",
                        "SinkWriter.write: a row that is there already is replaced, and a delete that comes again"
                                + " deletes again");
            }
        }
    }

    /** Writes each list as an epoch; gives the next life. */
    private static Life write(Trial trial, Life life, List<List<NumberedRow>> epochs) {
        long epoch = Math.max(0, life.restoredEpoch());
        try (SinkIncarnation incarnation = SinkIncarnation.start(trial, life)) {
            for (List<NumberedRow> rows : epochs) {
                incarnation.epoch(++epoch, rows);
            }
            return life.next(epoch, incarnation.snapshots());
        }
    }

    /** Changes of some keys in several epochs; at most one of each key in an epoch. */
    private static List<List<NumberedRow>> changes(long run, Random random) {
        Set<Integer> there = new HashSet<>();
        List<List<NumberedRow>> epochs = new ArrayList<>();
        long sequence = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            List<NumberedRow> rows = new ArrayList<>();
            for (int key = 0; key < KEYS; key++) {
                boolean last = epoch == EPOCHS - 1 && key == 0;
                if (epoch == 0 || last || random.nextInt(3) > 0) {
                    Operation operation = last ? Operation.DELETE : next(there.contains(key), random);
                    rows.add(row(operation, new Place(run, key % 2, sequence++), key));
                    if (operation == Operation.DELETE) {
                        there.remove(key);
                    } else {
                        there.add(key);
                    }
                }
            }
            epochs.add(rows);
        }
        return epochs;
    }

    private static Operation next(boolean there, Random random) {
        if (!there) {
            return Operation.INSERT;
        }
        return random.nextBoolean() ? Operation.UPDATE : Operation.DELETE;
    }

    private static NumberedRow row(Operation operation, Place place, int key) {
        return NumberedRow.of(operation, place, "key-" + key, operation + " " + place.sequence());
    }

    /** If this fails, check: whether a writer sorts or groups the rows of a batch, and what Sink.routing answers. */
    private static void orderOfKeys(Trial trial) {
        SinkSide side = trial.fixture().sink();
        side.create();
        List<NumberedRow> written = new ArrayList<>();
        try (SinkIncarnation incarnation =
                SinkIncarnation.start(trial, Life.first(side.upsert()).with(WRITERS))) {
            for (long epoch = 1; epoch <= EPOCHS; epoch++) {
                incarnation.begin(epoch);
                for (int batch = 0; batch < 3; batch++) {
                    List<NumberedRow> rows = mixed(trial, written.size());
                    written.addAll(rows);
                    incarnation.write(rows);
                }
                incarnation.end();
            }
        }
        new VisibleRows(side)
                .are(
                        VisibleRows.folded(written),
                        "after inserts, updates and deletes of the same keys in one batch and several",
                        "SinkWriter.write: the operations of a batch take effect in the order of its rows; and"
                                + " Sink.routing: without ByKey the rows of a key may go to any writer");
    }

    /** Lives of keys, shuffled into each other: each goes through inserts, updates and deletes in this one batch. */
    private static List<NumberedRow> mixed(Trial trial, long firstSequence) {
        List<Integer> turns = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            turns.addAll(Collections.nCopies(1 + trial.random().nextInt(4), key));
        }
        Collections.shuffle(turns, trial.random());
        List<NumberedRow> rows = new ArrayList<>();
        Map<Integer, Operation> last = new HashMap<>();
        for (int key : turns) {
            Operation before = last.get(key);
            Operation operation = before == null || before == Operation.DELETE
                    ? Operation.INSERT
                    : trial.random().nextBoolean() ? Operation.UPDATE : Operation.DELETE;
            last.put(key, operation);
            long sequence = firstSequence + rows.size();
            rows.add(row(operation, new Place(trial.seed(), rows.size() % WRITERS, sequence), key));
        }
        return rows;
    }

    /** If this fails, check: whether buffers of a writer overtake each other, and in which order a commit publishes. */
    private static void orderOfPartitions(Trial trial) {
        SinkSide side = trial.fixture().sink();
        side.create();
        boolean byKey;
        try (SinkIncarnation incarnation =
                SinkIncarnation.start(trial, Life.first(side.append()).with(WRITERS))) {
            byKey = incarnation.routing() instanceof Routing.ByKey;
            long sequence = 0;
            for (long epoch = 1; epoch <= EPOCHS; epoch++) {
                incarnation.begin(epoch);
                for (int batch = 0; batch < 3; batch++, sequence += 10) {
                    for (int partition = 0; partition < WRITERS; partition++) {
                        incarnation.write(NumberedRow.inserts(trial.seed(), partition, sequence, sequence + 10));
                    }
                }
                incarnation.end();
            }
        }
        if (!side.ordered() || byKey) {
            trial.note("The target keeps no order of rows without keys: nothing to look at");
            return;
        }
        inOrder(side.visible());
    }

    private static void inOrder(List<NumberedRow> rows) {
        Map<Integer, NumberedRow> last = new HashMap<>();
        for (NumberedRow row : rows) {
            NumberedRow before = last.put(row.partition(), row);
            if (before != null && before.sequence() > row.sequence()) {
                throw new RuleViolation(
                        row + " stands behind " + before,
                        "SinkWriter.write and SinkCommitter.commit: rows of one writer "
                                + "stay in order, and so do epochs");
            }
        }
    }
}
