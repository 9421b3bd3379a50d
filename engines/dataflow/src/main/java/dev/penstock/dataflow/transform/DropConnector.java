package dev.penstock.dataflow.transform;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** {@code drop}: leaves columns out. */
public final class DropConnector implements Connector {
    static final ConfigKey<List<String>> FIELDS =
            ConfigKey.strings("fields", "The columns to leave out").require().example("[internal_note]");

    private static final ConfigSpec SPEC = ConfigSpec.single(FIELDS);

    @Override
    public ConnectorDescriptor descriptor() {
        return BuiltIn.descriptor("drop", "Leaves columns out", SPEC);
    }

    @Override
    public Transform transform(Config config) {
        return new Drop(config.get(FIELDS));
    }

    private record Drop(List<String> fields) implements BuiltIn {
        @Override
        public Schema output(Schema input) {
            List<Problem> problems = new ArrayList<>(NameProblems.unknown(FIELDS.name(), fields, input));
            int[] kept = kept(input);
            if (kept.length == 0) {
                problems.add(
                        Problem.error(FIELDS.name(), Problem.Code.INVALID, "leaves no column", "keep at least one"));
            }
            if (!problems.isEmpty()) {
                throw new ConfigException(problems);
            }
            return input.project(kept);
        }

        @Override
        public boolean takesUnchanged(String column) {
            return true;
        }

        private int[] kept(Schema input) {
            return IntStream.range(0, input.size())
                    .filter(column -> !fields.contains(input.field(column).name()))
                    .toArray();
        }

        @Override
        public TransformResult apply(RecordBatch input) {
            return TransformResult.of(input.project(kept(input.schema())));
        }
    }
}
