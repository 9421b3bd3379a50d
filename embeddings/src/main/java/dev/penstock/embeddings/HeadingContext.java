package dev.penstock.embeddings;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the heading that {@code chunk} found before a text, so that the vector knows what the text is about. */
final class HeadingContext {
    /** Metadata of a column of headings: the column whose texts they are about. */
    static final String HEADING_OF = "penstock.heading-of";

    private final @Nullable BytesColumn headings;

    private HeadingContext(@Nullable BytesColumn headings) {
        this.headings = headings;
    }

    static HeadingContext of(RecordBatch batch, EmbedSettings settings) {
        return settings.context() == Context.NONE
                ? new HeadingContext(null)
                : new HeadingContext(find(batch.schema(), settings.field())
                        .map(field -> (BytesColumn) batch.column(field.name()))
                        .orElse(null));
    }

    private static Optional<Field> find(Schema schema, String text) {
        return schema.fields().stream()
                .filter(field -> text.equals(field.metadata().get(HEADING_OF)) && field.type() == DataType.STRING)
                .findFirst();
    }

    String with(int row, String text) {
        if (headings == null || headings.isNull(row) || headings.length(row) == 0 || text.isBlank()) {
            return text;
        }
        return headings.string(row) + "\n\n" + text;
    }
}
