package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.expression.Expression;
import dev.penstock.dataflow.expression.ExpressionException;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Optional;

/** {@code filter}: keeps the rows for which a CEL expression is true. */
public final class FilterConnector implements Connector {
    static final ConfigKey<String> EXPRESSION = ConfigKey.string(
                    "expression", "A CEL expression; rows for which it is true are kept, and deletes always")
            .require()
            .example("price > 10 && country in ['it', 'fr']");

    private static final ConfigSpec SPEC = ConfigSpec.single(EXPRESSION);

    @Override
    public ConnectorDescriptor descriptor() {
        return BuiltIn.descriptor("filter", "Keeps the rows for which an expression is true", SPEC);
    }

    @Override
    public Transform transform(Config config) {
        String text = config.get(EXPRESSION);
        try {
            Expression.checkCondition(text);
        } catch (ExpressionException e) {
            throw new ConfigException(ExpressionProblems.of(EXPRESSION.name(), e));
        }
        return new Filter(text);
    }

    private static final class Filter implements BuiltIn {
        private final String text;
        private Optional<Bound> bound = Optional.empty();

        Filter(String text) {
            this.text = text;
        }

        private record Bound(Schema input, Expression condition) {}

        @Override
        public boolean takesUnchanged(String column) {
            return !Expression.mayRead(text, column);
        }

        @Override
        public Schema output(Schema input) {
            bind(input);
            return input;
        }

        @Override
        public TransformResult apply(RecordBatch input) {
            Expression.Choice choice = bind(input.schema()).condition.choose(input);
            boolean[] chosen = choice.rows();
            int size = input.rowCount();
            int count = 0;
            for (int row = 0; row < size; row++) {
                count += chosen[row] ? 1 : 0;
            }
            if (count == size) {
                return TransformResult.of(input);
            }
            int[] kept = rows(chosen, size, count);
            return new TransformResult(input.take(kept, count), Optional.of(kept), choice.rejected());
        }

        private static int[] rows(boolean[] chosen, int size, int count) {
            int[] rows = new int[count];
            int next = 0;
            for (int row = 0; next < count && row < size; row++) {
                rows[next] = row;
                next += chosen[row] ? 1 : 0;
            }
            return rows;
        }

        private Bound bind(Schema input) {
            Bound now = bound.filter(known -> known.input.equals(input)).orElseGet(() -> {
                try {
                    return new Bound(input, Expression.compileCondition(input, text));
                } catch (ExpressionException e) {
                    throw new ConfigException(ExpressionProblems.of(EXPRESSION.name(), e));
                }
            });
            bound = Optional.of(now);
            return now;
        }
    }
}
