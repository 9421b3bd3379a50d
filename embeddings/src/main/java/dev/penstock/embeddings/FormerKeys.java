package dev.penstock.embeddings;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The keys that the documents of a batch had before they changed.
 *
 * @param columns the key's columns, in the order of the key
 */
record FormerKeys(List<Column> columns) {
    /** The former keys; empty if the rows before are not known, or have no such columns. */
    static Optional<FormerKeys> of(RecordBatch batch, List<String> key) {
        return batch.before()
                .filter(before -> key.stream().allMatch(name -> isSame(name, batch.schema(), before.schema())))
                .map(before -> new FormerKeys(key.stream().map(before::column).toList()));
    }

    private static boolean isSame(String name, Schema now, Schema before) {
        return before.find(name).isPresent()
                && before.field(name).type().equals(now.field(name).type());
    }

    /** Whether {@code row} is known to have had another key than the one in {@code now}. */
    boolean differs(List<Column> now, int row) {
        boolean known = columns.stream().noneMatch(column -> column.isNull(row));
        return known
                && IntStream.range(0, columns.size())
                        .anyMatch(index -> !Objects.equals(
                                columns.get(index).value(row), now.get(index).value(row)));
    }
}
