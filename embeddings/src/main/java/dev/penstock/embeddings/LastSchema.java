package dev.penstock.embeddings;

import dev.penstock.spi.data.Schema;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Works out the columns of a result once for all batches that have the same columns. */
final class LastSchema {
    private final UnaryOperator<Schema> output;
    private @Nullable Known last;

    LastSchema(UnaryOperator<Schema> output) {
        this.output = output;
    }

    Schema outputOf(Schema input) {
        Known known = last;
        if (known == null || !known.input.equals(input)) {
            known = new Known(input, output.apply(input));
            last = known;
        }
        return known.output;
    }

    private record Known(Schema input, Schema output) {}
}
