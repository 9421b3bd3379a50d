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
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Updates that say of a value that it is what it was: SA-09. */
final class PartialUpdateRules {
    private static final String TEXT = "text";
    private static final String CHECK =
            "SinkWriter.write: an unchanged value is that of the row before, which may be in the target, in an epoch"
                    + " that is not committed, or earlier in the batch; it is never null";
    private static final int KEYS = 10;
    private static final int EPOCHS = 3;
    private static final int BATCHES = 2;
    private static final int CHANGES = 24;

    private PartialUpdateRules() {}

    static Rule kept() {
        return Rule.of(
                        "SA-09",
                        Tier.T1,
                        "An update leaves the values alone that it says are unchanged",
                        PartialUpdateRules::unchanged)
                .of(Role.SINK)
                .needing(Capability.UPSERT)
                .needing(Capability.PARTIAL_UPDATES);
    }

    /**
     * A change.
     *
     * @param row what it makes of the row of its key
     * @param partial whether the text of the row is said to be unchanged
     */
    private record Change(NumberedRow row, boolean partial) {}

    private static void unchanged(Trial trial) {
        SinkSide side = trial.fixture().sink();
        side.create();
        if (side.schema().find(TEXT).isEmpty()) {
            throw new RuleViolation(
                    "PARTIAL_UPDATES is declared, and rows have no column '" + TEXT + "': " + side.schema(),
                    "SinkSide.layout of the fixture: columns can be unchanged, parts of a payload cannot");
        }
        List<NumberedRow> written = new ArrayList<>();
        VisibleRows visible = new VisibleRows(side);
        try (SinkIncarnation incarnation =
                SinkIncarnation.start(trial, Life.first(side.upsert()).with(2))) {
            List<List<Change>> last = List.of();
            for (long epoch = 1; epoch <= EPOCHS; epoch++) {
                last = epoch(trial, written);
                write(incarnation, side, epoch, last);
                visible.are(VisibleRows.folded(written), "after epoch " + epoch + " with unchanged values", CHECK);
            }
            write(incarnation, side, EPOCHS + 1L, last);
            visible.are(VisibleRows.folded(written), "after the last epoch was written again", CHECK);
        }
    }

    private static void write(SinkIncarnation incarnation, SinkSide side, long epoch, List<List<Change>> batches) {
        incarnation.begin(epoch);
        for (List<Change> batch : batches) {
            for (int index = 0; index < incarnation.writers().size(); index++) {
                int writer = index;
                List<Change> own = batch.stream()
                        .filter(change -> incarnation.writerOf(change.row) == writer)
                        .toList();
                if (!own.isEmpty()) {
                    incarnation.writeAll(own.stream().map(Change::row).toList(), writer, partial(side, own));
                }
            }
        }
        incarnation.end();
    }

    /** Batches of an epoch, whose rows are added to {@code written}. */
    private static List<List<Change>> epoch(Trial trial, List<NumberedRow> written) {
        Map<String, String> texts = new LinkedHashMap<>();
        VisibleRows.folded(written).forEach(row -> texts.put(row.key(), row.text()));
        List<List<Change>> batches = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Change> changes = new ArrayList<>();
            for (int change = 0; change < CHANGES; change++) {
                Place place = new Place(trial.seed(), 0, written.size());
                changes.add(next(place, change % KEYS, texts, trial.random()));
                written.add(changes.get(change).row);
            }
            batches.add(changes);
        }
        return batches;
    }

    /** A change of a key; every change of the first key but the first is partial. */
    private static Change next(Place place, int number, Map<String, String> texts, Random random) {
        String key = "key-" + number;
        @Nullable String text = texts.get(key);
        boolean full = number != 0 && random.nextBoolean();
        String wanted = text == null || full ? "text " + place.sequence() : text;
        texts.put(key, wanted);
        Operation operation = text == null ? Operation.INSERT : Operation.UPDATE;
        return new Change(NumberedRow.of(operation, place, key, wanted), wanted.equals(text));
    }

    private static RecordBatch partial(SinkSide side, List<Change> changes) {
        RecordBatch batch = side.batch(changes.stream().map(Change::row).toList());
        int index = batch.schema().indexOf(TEXT);
        Column texts = batch.column(index);
        ColumnBuilder builder = ColumnBuilder.of(texts.type(), changes.size());
        for (int row = 0; row < changes.size(); row++) {
            if (changes.get(row).partial) {
                builder.appendUnchanged();
            } else {
                builder.appendAll(texts, row, row + 1);
            }
        }
        List<Column> columns = new ArrayList<>(batch.columns());
        columns.set(index, builder.build());
        return batch.withColumns(batch.schema(), columns);
    }
}
