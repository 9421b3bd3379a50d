package dev.penstock.embeddings;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts documents into chunks, one row each.
 *
 * <p>A document that was read or inserted becomes inserts. One that has changed becomes a delete with nothing but the
 * document's key, which takes all its chunks away, and then inserts; if its key itself has changed, a delete with the
 * former key comes before. A delete stays one. A document without text becomes no chunk.
 */
final class ChunkTransform implements Transform {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkTransform.class);

    private final ChunkSettings settings;
    private final LastSchema schemas = new LastSchema(this::output);
    private @Nullable TextTokenizer tokenizer;
    private @Nullable Chunker chunker;
    private boolean opened;

    ChunkTransform(ChunkSettings settings) {
        this.settings = settings;
    }

    @Override
    public Schema output(Schema columns) {
        return ChunkSchema.of(settings, columns);
    }

    @Override
    public void open(ConnectorContext context) {
        if (opened) {
            throw new IllegalStateException("Cannot open a transform again");
        }
        opened = true;
        Model model = settings.model().from(context.baseDirectory()).find();
        TextTokenizer opened = TextTokenizer.open(model.tokenizer());
        tokenizer = opened;
        chunker = new Chunker(opened, new ChunkLimits(settings.maxTokens(), settings.overlap()), settings.syntax());
        LOG.info("Opened the tokenizer of {}", model.description().name());
    }

    @Override
    public TransformResult apply(RecordBatch batch) {
        if (chunker == null) {
            throw new IllegalStateException("Cannot chunk: the transform is not open");
        }
        BytesColumn texts = (BytesColumn) batch.column(settings.field());
        ChunkRows rows = new ChunkRows(settings, schemas.outputOf(batch.schema()), batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            Operation operation = batch.operation(row);
            if (operation == Operation.UPDATE || operation == Operation.DELETE) {
                rows.delete(row);
            }
            if (operation != Operation.DELETE && !texts.isNull(row)) {
                rows.insert(row, chunker.chunk(texts.string(row)));
            }
        }
        return rows.result();
    }

    @Override
    public void close() {
        opened = true;
        if (tokenizer != null) {
            tokenizer.close();
            tokenizer = null;
            chunker = null;
        }
    }
}
