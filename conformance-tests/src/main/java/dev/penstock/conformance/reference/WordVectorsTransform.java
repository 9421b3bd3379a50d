package dev.penstock.conformance.reference;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ModelMetadata;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes vectors of words. A row without words has none. */
final class WordVectorsTransform implements Transform {
    static final int MAX_WORDS = 64;
    static final String TRUNCATED = "truncated";
    private static final Pattern WORD = Pattern.compile("\\S+");

    private final WordVectorsSettings settings;
    private @Nullable WordVectorsModel model;
    private boolean open;
    private boolean closed;

    WordVectorsTransform(WordVectorsSettings settings) {
        this.settings = settings;
    }

    private WordVectorsModel model() {
        WordVectorsModel found = model == null ? WordVectorsModel.read(settings) : model;
        model = found;
        return found;
    }

    @Override
    public Schema output(Schema input) {
        if (input.find(settings.field()).isEmpty()
                || !input.field(settings.field()).type().equals(DataType.STRING)) {
            throw new ConfigException(
                    "field",
                    Problem.Code.NOT_FOUND,
                    "there is no column '" + settings.field() + "' of texts",
                    "name one of " + input.names());
        }
        return input.with(Field.of(settings.into(), DataType.vector(model().dimensions()))
                        .with(ModelMetadata.NAME, model().name())
                        .with(ModelMetadata.REVISION, "1")
                        .with(ModelMetadata.DIGEST, model().digest()))
                .with(Field.required(TRUNCATED, DataType.BOOLEAN));
    }

    @Override
    public void open(ConnectorContext context) {
        if (open || closed) {
            throw new IllegalStateException("Cannot open a transform that was opened before");
        }
        model();
        open = true;
    }

    @Override
    public TransformResult apply(RecordBatch input) {
        if (!open) {
            throw new IllegalStateException("Cannot apply a transform that is not open");
        }
        Schema schema = output(input.schema());
        ColumnBuilder vectors = ColumnBuilder.of(schema.field(settings.into()).type(), input.rowCount());
        ColumnBuilder truncated = ColumnBuilder.of(DataType.BOOLEAN, input.rowCount());
        Column texts = input.column(settings.field());
        for (int row = 0; row < input.rowCount(); row++) {
            boolean absent = texts.isNull(row) || input.operation(row) == Operation.DELETE;
            Matcher words = WORD.matcher(absent ? "" : (String) texts.value(row));
            vectors.appendValue(vector(words));
            truncated.appendValue(words.find());
        }
        List<Column> columns = new ArrayList<>(input.columns());
        columns.add(vectors.build());
        columns.add(truncated.build());
        return TransformResult.of(input.withColumns(schema, columns));
    }

    private float @Nullable [] vector(Matcher words) {
        double[] sum = new double[model().dimensions()];
        int count = 0;
        while (count < MAX_WORDS && words.find()) {
            model().add(words.group(), sum);
            count++;
        }
        return count == 0 ? null : unit(sum);
    }

    private static float[] unit(double[] sum) {
        double squares = 0;
        for (double element : sum) {
            squares += element * element;
        }
        float[] unit = new float[sum.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (sum[i] / Math.sqrt(squares));
        }
        return unit;
    }

    @Override
    public void close() {
        open = false;
        closed = true;
    }
}
