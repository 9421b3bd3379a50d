package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.expression.Expression;
import dev.penstock.dataflow.expression.ExpressionException;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code compute}: adds columns, or replaces them, by the values of CEL expressions. */
public final class ComputeConnector implements Connector {
    static final ConfigKey<Map<String, String>> COLUMNS = ConfigKey.stringMap(
                    "columns", "New columns and the CEL expressions of their values; later ones see earlier ones")
            .require()
            .example("{total: price * double(quantity)}");

    private static final ConfigSpec SPEC = ConfigSpec.single(COLUMNS);

    @Override
    public ConnectorDescriptor descriptor() {
        return BuiltIn.descriptor("compute", "Adds or replaces columns by the values of expressions", SPEC);
    }

    @Override
    public Transform transform(Config config) {
        Map<String, String> columns = config.get(COLUMNS);
        List<Problem> problems = new ArrayList<>();
        columns.forEach((name, text) -> problems.addAll(problems(name, text)));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Compute(columns);
    }

    /** What is wrong whatever the columns are. */
    private static List<Problem> problems(String name, String text) {
        try {
            Expression.check(text);
            return List.of();
        } catch (ExpressionException e) {
            return ExpressionProblems.of(COLUMNS.name() + "." + name, e);
        }
    }

    private static final class Compute implements BuiltIn {
        private final Map<String, String> texts;
        private Optional<Bound> bound = Optional.empty();

        Compute(Map<String, String> texts) {
            this.texts = texts;
        }

        /** A column to compute, and the columns there are afterwards. */
        private record Step(String name, Expression expression, Schema output) {}

        private record Bound(Schema input, List<Step> steps) {
            Schema output() {
                return steps.isEmpty() ? input : steps.get(steps.size() - 1).output;
            }
        }

        @Override
        public boolean takesUnchanged(String column) {
            return texts.values().stream().noneMatch(text -> Expression.mayRead(text, column));
        }

        @Override
        public Schema output(Schema input) {
            return bind(input).output();
        }

        @Override
        public TransformResult apply(RecordBatch input) {
            RecordBatch batch = input;
            Map<Integer, RejectedRow> rejected = new TreeMap<>();
            for (Step step : bind(input.schema()).steps) {
                Expression.Values values = step.expression.evaluate(batch);
                for (RejectedRow row : values.rejected()) {
                    rejected.putIfAbsent(
                            row.index(), new RejectedRow(row.index(), "column '" + step.name + "': " + row.reason()));
                }
                batch = batch.withColumns(step.output, replaced(batch, step, values.column()));
            }
            if (rejected.isEmpty()) {
                return TransformResult.of(batch);
            }
            List<RejectedRow> rows = List.copyOf(rejected.values());
            int[] kept = Rejections.kept(input.rowCount(), rows);
            return new TransformResult(batch.take(kept, kept.length), Optional.of(kept), rows);
        }

        private static List<Column> replaced(RecordBatch batch, Step step, Column column) {
            List<Column> columns = new ArrayList<>(batch.columns());
            int index = step.output.indexOf(step.name);
            if (index < columns.size()) {
                columns.set(index, column);
            } else {
                columns.add(column);
            }
            return columns;
        }

        private Bound bind(Schema input) {
            Bound now = bound.filter(known -> known.input.equals(input)).orElseGet(() -> compile(input));
            bound = Optional.of(now);
            return now;
        }

        private Bound compile(Schema input) {
            List<Problem> problems = new ArrayList<>();
            List<Step> steps = new ArrayList<>();
            Schema schema = input;
            for (Map.Entry<String, String> entry : texts.entrySet()) {
                String name = entry.getKey();
                try {
                    Expression expression = Expression.compile(schema, entry.getValue());
                    schema = schema.with(Field.of(name, expression.type()));
                    steps.add(new Step(name, expression, schema));
                } catch (ExpressionException e) {
                    problems.addAll(ExpressionProblems.of(COLUMNS.name() + "." + name, e));
                }
            }
            if (!problems.isEmpty()) {
                throw new ConfigException(problems);
            }
            return new Bound(input, steps);
        }
    }
}
