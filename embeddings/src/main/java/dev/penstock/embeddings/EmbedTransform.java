package dev.penstock.embeddings;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.FixedListColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.Validity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the vectors of the texts in a column.
 *
 * <p>A row has no vector (null) if it is a delete, or its text is null or has no token of its own, as the empty text
 * and one of spaces. A text with more tokens than the model takes is cut off, and the flag column says so (EM-04). Row
 * i of the result is row i of the input with all its columns (EM-01).
 */
final class EmbedTransform implements Transform {
    private static final Logger LOG = LoggerFactory.getLogger(EmbedTransform.class);

    private final EmbedSettings settings;
    private final LastSchema schemas = new LastSchema(this::output);
    private @Nullable Model model;
    private SharedEmbedders.@Nullable Lease lease;
    private @Nullable TextEncoder encoder;
    private boolean opened;

    EmbedTransform(EmbedSettings settings) {
        this.settings = settings;
    }

    @Override
    public Schema output(Schema columns) {
        List<Problem> problems = EmbedSchema.problems(settings, columns);
        try {
            Model found = findModel(settings.model());
            problems.addAll(EmbedSchema.problems(settings, found.description()));
            EmbedSchema.throwIfAny(problems);
            return EmbedSchema.of(settings, found, columns);
        } catch (ConfigException e) {
            List<Problem> all = new ArrayList<>(problems);
            e.problems().stream().filter(problem -> !problems.contains(problem)).forEach(all::add);
            throw new ConfigException(all);
        }
    }

    private Model findModel(ModelReference reference) {
        if (model == null) {
            model = reference.find();
        }
        return model;
    }

    @Override
    public void open(ConnectorContext context) {
        if (opened) {
            throw new IllegalStateException("Cannot open a transform again");
        }
        opened = true;
        Model found = findModel(settings.model().from(context.baseDirectory()));
        EmbedSchema.throwIfAny(EmbedSchema.problems(settings, found.description()));
        long start = System.nanoTime();
        int maxTokens = settings.maxTokens().orElse(found.description().maxTokens());
        lease = SharedEmbedders.acquire(found, settings.device(), settings.threads());
        encoder = lease.embedder().encoder(settings.prompt(), maxTokens);
        LOG.info(
                "Opened model {} with {} threads in {} ms",
                found.description().name(),
                settings.threads(),
                (System.nanoTime() - start) / 1_000_000);
    }

    @Override
    public TransformResult apply(RecordBatch batch) {
        if (lease == null || encoder == null) {
            throw new IllegalStateException("Cannot embed: the transform is not open");
        }
        Embedder embedder = lease.embedder();
        Model used = embedder.model();
        Embeddings embedded = embedder.embed(texts(batch), encoder);
        List<RejectedRow> rejected = unusable(embedded, used);
        int dimensions = EmbedSchema.dimensions(settings, used);
        float[] vectors = Vectors.shorten(embedded.vectors(), used.description().dimensions(), dimensions);
        RecordBatch result = result(batch, embedded, vectors);
        return rejected.isEmpty() ? TransformResult.of(result) : without(result, rejected);
    }

    private List<@Nullable String> texts(RecordBatch batch) {
        BytesColumn column = (BytesColumn) batch.column(settings.field());
        HeadingContext context = HeadingContext.of(batch, settings);
        List<@Nullable String> texts = new ArrayList<>(batch.rowCount());
        for (int row = 0; row < batch.rowCount(); row++) {
            boolean absent = column.isNull(row) || batch.operation(row) == Operation.DELETE;
            texts.add(absent ? null : context.with(row, column.string(row)));
        }
        return texts;
    }

    // A network can overflow, above all in half precision; such a vector would spoil an index (EM-03).
    private static List<RejectedRow> unusable(Embeddings embedded, Model model) {
        int dimensions = model.description().dimensions();
        return embedded.present().stream()
                .filter(row -> !Vectors.isFinite(embedded.vectors(), row * dimensions, dimensions))
                .mapToObj(row -> new RejectedRow(
                        row,
                        "model '" + model.description().name() + "' gave a vector with elements that are no numbers"))
                .toList();
    }

    private RecordBatch result(RecordBatch batch, Embeddings embedded, float[] vectors) {
        Schema schema = schemas.outputOf(batch.schema());
        Validity validity = validity(embedded.present(), batch.rowCount());
        DataType.FixedList type =
                (DataType.FixedList) schema.field(settings.into()).type();
        List<Column> columns = new ArrayList<>(batch.columns());
        columns.add(new FixedListColumn(type, new FloatColumn(DataType.FLOAT32, vectors, Validity.ALL), validity));
        if (settings.truncated().isPresent()) {
            columns.add(new BooleanColumn(
                    DataType.BOOLEAN, booleans(embedded.truncated(), batch.rowCount()), Validity.ALL));
        }
        return batch.withColumns(schema, columns);
    }

    private static Validity validity(BitSet present, int rows) {
        return present.nextClearBit(0) >= rows
                ? Validity.ALL
                : Validity.of(Arrays.copyOf(present.toLongArray(), Validity.wordCount(rows)));
    }

    private static boolean[] booleans(BitSet bits, int count) {
        boolean[] booleans = new boolean[count];
        bits.stream().forEach(row -> booleans[row] = true);
        return booleans;
    }

    private static TransformResult without(RecordBatch result, List<RejectedRow> rejected) {
        BitSet keep = new BitSet();
        keep.set(0, result.rowCount());
        rejected.forEach(row -> keep.clear(row.index()));
        int[] rows = IntStream.range(0, result.rowCount()).filter(keep::get).toArray();
        return new TransformResult(result.take(rows, rows.length), Optional.of(rows), rejected);
    }

    @Override
    public void close() {
        opened = true;
        if (lease != null) {
            lease.close();
            lease = null;
            encoder = null;
        }
    }
}
