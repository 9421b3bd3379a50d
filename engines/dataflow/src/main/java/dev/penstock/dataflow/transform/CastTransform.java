package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.format.ValueException;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.TypeParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Converts columns, value by value; a value that does not fit rejects its row. */
final class CastTransform implements BuiltIn {
    private final Map<String, String> types;

    CastTransform(Map<String, String> types) {
        this.types = types;
    }

    @Override
    public boolean takesUnchanged(String column) {
        return !types.containsKey(column);
    }

    @Override
    public Schema output(Schema input) {
        List<Problem> problems = new ArrayList<>(NameProblems.unknown("columns", types.keySet(), input));
        Schema output = input;
        for (Map.Entry<String, String> entry : types.entrySet()) {
            OptionalInt index = input.find(entry.getKey());
            Optional<DataType> type = type(entry.getKey(), entry.getValue(), problems);
            if (index.isPresent() && type.isPresent()) {
                DataType from = input.field(index.getAsInt()).type();
                if (!Conversion.isPossible(from, type.get())) {
                    problems.add(Problem.error(
                            "columns." + entry.getKey(),
                            Problem.Code.INCOMPATIBLE,
                            from.text() + " cannot become " + type.get().text(),
                            "cast to string first, or compute it"));
                }
                output = output.with(output.field(index.getAsInt()).typed(type.get()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return output;
    }

    private static Optional<DataType> type(String column, String written, List<Problem> problems) {
        try {
            return Optional.of(TypeParser.parse(written));
        } catch (IllegalArgumentException e) {
            problems.add(Problem.error("columns." + column, Problem.Code.INVALID, String.valueOf(e.getMessage()), ""));
            return Optional.empty();
        }
    }

    @Override
    public TransformResult apply(RecordBatch input) {
        Schema output = output(input.schema());
        List<Column> columns = new ArrayList<>(input.columns());
        Map<Integer, RejectedRow> rejected = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
            DataType to = output.field(i).type();
            if (!to.equals(columns.get(i).type())) {
                columns.set(i, cast(input, i, to, rejected));
            }
        }
        RecordBatch all = input.withColumns(output, columns);
        if (rejected.isEmpty()) {
            return TransformResult.of(all);
        }
        List<RejectedRow> rows = List.copyOf(rejected.values());
        int[] kept = Rejections.kept(input.rowCount(), rows);
        return new TransformResult(all.take(kept, kept.length), Optional.of(kept), rows);
    }

    private static Column cast(RecordBatch input, int index, DataType to, Map<Integer, RejectedRow> rejected) {
        Column from = input.column(index);
        ColumnBuilder builder = ColumnBuilder.of(to, Math.max(1, input.rowCount()));
        Conversion conversion = Conversion.of(from, to, builder);
        for (int row = 0; row < input.rowCount(); row++) {
            if (from.isNull(row)) {
                builder.appendNull();
                continue;
            }
            try {
                conversion.append(row);
            } catch (ValueException e) {
                builder.truncate(row);
                builder.appendNull();
                if (input.operation(row) != Operation.DELETE) {
                    String name = input.schema().field(index).name();
                    rejected.putIfAbsent(row, new RejectedRow(row, e.in(name).reason()));
                }
            }
        }
        return builder.build();
    }
}
