package dev.penstock.connector.lancedb;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Search;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.Validity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;
import org.lance.index.DistanceType;
import org.lance.ipc.Query;
import org.lance.ipc.ScanOptions;

/** Looks up the rows whose vectors are nearest to another one, with an index or without. */
final class LanceSearch implements Search {
    private static final String DISTANCE = "_distance";

    /** An index misses rows that a narrow filter would keep; up to so many rows are compared one by one instead. */
    private static final long MAX_COMPARED_ROWS = 20_000;

    private static final int PROBES = 20;
    private static final int FILTERED_PROBES = 80;
    private static final int REFINE = 5;

    private final TableSettings settings;
    private @Nullable Opened opened;

    LanceSearch(TableSettings settings) {
        this.settings = settings;
    }

    private record Opened(Lance lance, Dataset dataset) {}

    @Override
    public void open(ConnectorContext context) {
        Lance lance = new Lance(TableLocation.of(settings, context.baseDirectory()));
        Optional<Dataset> dataset = Optional.empty();
        try {
            dataset = lance.open();
        } finally {
            if (dataset.isEmpty()) {
                lance.close();
            }
        }
        opened = new Opened(
                lance,
                dataset.orElseThrow(() -> new ConfigException(
                        "table",
                        Problem.Code.NOT_FOUND,
                        "there is no table '" + lance.location() + "' yet",
                        "run the pipeline that writes it first")));
    }

    private Dataset dataset() {
        if (opened == null) {
            throw new IllegalStateException("Cannot search: the table is not open");
        }
        return opened.dataset();
    }

    /** The columns that rows can carry; a column named as the score is left out, because the score takes its place. */
    @Override
    public Schema schema() {
        List<Field> fields = new ArrayList<>();
        for (Optional<Field> field : TableSchema.of(dataset()).fields()) {
            field.filter(known -> !known.name().equals(SCORE)).ifPresent(fields::add);
        }
        return new Schema(fields);
    }

    @Override
    public RecordBatch nearest(Request request) {
        Dataset dataset = dataset();
        dataset.checkoutLatest();
        Schema schema = schema();
        check(request, schema);
        if (dataset.getFragments().isEmpty()) {
            return scored(RecordBatch.empty(schema), new float[0]);
        }
        List<String> columns = new ArrayList<>(schema.names());
        columns.add(DISTANCE);
        ScanOptions.Builder options = new ScanOptions.Builder()
                .columns(columns)
                .nearest(query(dataset, request))
                .prefilter(true);
        request.filter().ifPresent(options::filter);
        List<RecordBatch> found = new ArrayList<>();
        found.add(scored(RecordBatch.empty(schema), new float[0]));
        try (ArrowRows rows = ArrowRows.scan(dataset, options.build())) {
            Schema withDistance = schema.with(Field.of(DISTANCE, DataType.FLOAT32));
            while (rows.next()) {
                RecordBatch batch = ArrowReading.read(rows.root(), withDistance);
                float[] distances = ((FloatColumn) batch.column(DISTANCE)).values();
                found.add(scored(batch, distances));
            }
        }
        return RecordBatch.concat(found);
    }

    private static Query query(Dataset dataset, Request request) {
        boolean filtered = request.filter().isPresent();
        boolean narrow = filtered && matching(dataset, request.filter().get()) <= MAX_COMPARED_ROWS;
        return new Query.Builder()
                .setColumn(request.column())
                .setKey(request.vector())
                .setK(request.limit())
                .setDistanceType(DistanceType.Cosine)
                .setMinimumNprobes(filtered ? FILTERED_PROBES : PROBES)
                .setRefineFactor(REFINE)
                .setUseIndex(!narrow)
                .build();
    }

    /** How many rows meet {@code filter}. */
    static long matching(Dataset dataset, String filter) {
        try {
            return dataset.countRows(filter);
        } catch (Exception e) {
            throw new ConfigException(
                    "filter",
                    Problem.Code.INVALID,
                    "cannot be understood: " + LanceErrors.text(e),
                    "write an SQL condition over the columns of the table");
        }
    }

    private static void check(Request request, Schema schema) {
        List<String> vectors = schema.fields().stream()
                .filter(field -> field.type() instanceof DataType.FixedList)
                .map(Field::name)
                .toList();
        if (!vectors.contains(request.column())) {
            throw new ConfigException(
                    "column",
                    Problem.Code.NOT_FOUND,
                    "the table has no vector column '" + request.column() + "'",
                    NearestName.hint(request.column(), vectors));
        }
        DataType.FixedList type =
                (DataType.FixedList) schema.field(request.column()).type();
        // Lance answers a vector of another length with nonsense.
        if (request.vector().length != type.size()) {
            throw new ConfigException(
                    "vector",
                    Problem.Code.INCOMPATIBLE,
                    "has " + request.vector().length + " dimensions and column '" + request.column() + "' has "
                            + type.size(),
                    "use the model that the table was written with");
        }
        if (request.limit() < 1) {
            throw new ConfigException(
                    "limit", Problem.Code.OUT_OF_RANGE, "is " + request.limit(), "ask for at least 1");
        }
    }

    private static RecordBatch scored(RecordBatch batch, float[] distances) {
        double[] scores = new double[distances.length];
        for (int i = 0; i < scores.length; i++) {
            // A vector of zeros points nowhere: it is as far from everything as a right angle.
            scores[i] = Float.isNaN(distances[i]) ? 0 : 1 - distances[i];
        }
        Field score = Field.required(SCORE, DataType.FLOAT64);
        List<Column> columns = new ArrayList<>(batch.columns());
        List<Field> fields = new ArrayList<>(batch.schema().fields());
        if (batch.schema().find(DISTANCE).isPresent()) {
            columns.remove(batch.schema().indexOf(DISTANCE));
            fields.remove(batch.schema().indexOf(DISTANCE));
        }
        columns.add(new DoubleColumn(DataType.FLOAT64, scores, Validity.ALL));
        fields.add(score);
        return RecordBatch.of(new Schema(fields), batch.rowCount(), columns);
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.dataset().close();
            opened.lance().close();
            opened = null;
        }
    }
}
