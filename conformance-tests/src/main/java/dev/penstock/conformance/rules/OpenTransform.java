package dev.penstock.conformance.rules;

import dev.penstock.conformance.TransformSide;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Transform;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The transform under test, open. */
final class OpenTransform implements AutoCloseable {
    private final TransformSide side;
    private final Transform transform;

    private OpenTransform(TransformSide side, Transform transform) {
        this.side = side;
        this.transform = transform;
    }

    static OpenTransform of(Trial trial) {
        Transform transform = trial.connector().transform(trial.config());
        try {
            transform.open(trial.context());
        } catch (RuntimeException e) {
            transform.close();
            throw e;
        }
        return new OpenTransform(trial.fixture().transform(), transform);
    }

    TransformSide side() {
        return side;
    }

    Schema output(Schema input) {
        return transform.output(input);
    }

    TransformedRows apply(RecordBatch batch) {
        return TransformedRows.of(batch, transform.apply(batch));
    }

    TransformedRows apply(Collection<String> texts) {
        return apply(batch(texts));
    }

    RecordBatch batch(Collection<String> texts) {
        return side.batch(texts.stream().map(Optional::of).toList());
    }

    /** How rows that were made of one text are compared: all columns that the transform has made or changed. */
    TransformedRows.Likeness likeness(TransformedRows made) {
        List<String> columns = new ArrayList<>(made.rows().schema().names());
        columns.removeIf(name ->
                made.input().schema().names().contains(name) && !side.changed().contains(name));
        return new TransformedRows.Likeness(columns, side.vectors(), new VectorTolerance(side.tolerance()));
    }

    @Override
    public void close() {
        transform.close();
    }
}
