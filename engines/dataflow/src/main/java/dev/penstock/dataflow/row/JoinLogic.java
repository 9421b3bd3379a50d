package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.row.JoinConnector.Emit;
import dev.penstock.dataflow.row.JoinConnector.Insert;
import dev.penstock.dataflow.window.WindowLogic;
import dev.penstock.dataflow.window.WindowOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of both sides and makes pairs. */
record JoinLogic(Insert insert, Emit emit, boolean keepsMissing) implements WindowLogic<JoinRow, Sides, Pair> {
    @Override
    public Sides first(int input, JoinRow value, WindowOutput<Pair> out) {
        return add(new Sides(), input, value, out);
    }

    @Override
    public Sides add(Sides sides, int input, JoinRow value, WindowOutput<Pair> out) {
        insert(sides.side(input), value.values());
        if (emit == Emit.RUNNING) {
            pairs(sides, out);
        } else if (emit == Emit.COMPLETE && sides.isComplete()) {
            pairs(sides, out);
            sides.clear();
        }
        return sides;
    }

    private void insert(List<List<@Nullable Object>> rows, List<@Nullable Object> row) {
        switch (insert) {
            case FIRST -> {
                if (rows.isEmpty()) {
                    rows.add(row);
                }
            }
            case LAST -> {
                rows.clear();
                rows.add(row);
            }
            case ALL -> rows.add(row);
        }
    }

    @Override
    public Sides merge(Sides earlier, Sides later) {
        return new Sides(merged(earlier.left(), later.left()), merged(earlier.right(), later.right()));
    }

    private List<List<@Nullable Object>> merged(
            List<List<@Nullable Object>> earlier, List<List<@Nullable Object>> later) {
        List<List<@Nullable Object>> rows = new ArrayList<>(earlier);
        rows.addAll(later);
        if (insert != Insert.ALL && rows.size() > 1) {
            List<@Nullable Object> kept = insert == Insert.FIRST ? rows.get(0) : rows.get(rows.size() - 1);
            rows.clear();
            rows.add(kept);
        }
        return rows;
    }

    @Override
    public void close(Sides sides, WindowOutput<Pair> out) {
        if (emit == Emit.FINAL) {
            pairs(sides, out);
        }
    }

    /** All pairs; without a partner, a row stands alone if that is wanted. */
    private void pairs(Sides sides, WindowOutput<Pair> out) {
        if (!sides.isComplete() && !keepsMissing) {
            return;
        }
        for (List<@Nullable Object> left : orMissing(sides.left())) {
            for (List<@Nullable Object> right : orMissing(sides.right())) {
                out.emit(new Pair(left, right));
            }
        }
    }

    private static List<@Nullable List<@Nullable Object>> orMissing(List<List<@Nullable Object>> rows) {
        return rows.isEmpty() ? Collections.singletonList(null) : Collections.unmodifiableList(rows);
    }

    @Override
    public StateCodec<Sides> codec() {
        return new Sides.Codec();
    }
}
