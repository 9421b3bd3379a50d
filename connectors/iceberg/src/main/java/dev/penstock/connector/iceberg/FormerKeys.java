package dev.penstock.connector.iceberg;

import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The keys that rows of a batch had before an update that changed the key itself, as far as the batch tells. */
final class FormerKeys {
    private final RecordBatch batch;
    private final Optional<KeyColumns> before;
    private final BatchRows rows;

    FormerKeys(RecordBatch batch, List<String> key) {
        this.batch = batch;
        this.before = batch.before()
                .filter(old ->
                        key.stream().allMatch(name -> old.schema().find(name).isPresent()))
                .map(old -> KeyColumns.of(old, key));
        this.rows = new BatchRows(before.map(KeyColumns::batch).orElse(batch));
    }

    /** The key that {@code row} had, if it is another than {@code now}. */
    Optional<KeyColumns> of(int row, KeyColumns now) {
        if (before.isEmpty()
                || batch.operation(row) != Operation.UPDATE
                || before.get().hasNull(row)) {
            return Optional.empty();
        }
        KeyColumns old = before.get().at(row);
        boolean same = Arrays.equals(old.bytes(), 0, old.length(), now.bytes(), 0, now.length());
        return same ? Optional.empty() : Optional.of(old);
    }

    /** Where former keys are noted. */
    BatchRows rows() {
        return rows;
    }
}
