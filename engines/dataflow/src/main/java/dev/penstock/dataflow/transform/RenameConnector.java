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
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code rename}: gives columns other names; all at once, so that two can swap theirs. */
public final class RenameConnector implements Connector {
    static final ConfigKey<Map<String, String>> NAMES =
            ConfigKey.stringMap("names", "Old names to new ones").require().example("{cust_no: customer}");

    private static final ConfigSpec SPEC = ConfigSpec.single(NAMES);

    @Override
    public ConnectorDescriptor descriptor() {
        return BuiltIn.descriptor("rename", "Gives columns other names", SPEC);
    }

    @Override
    public Transform transform(Config config) {
        return new Rename(config.get(NAMES));
    }

    private record Rename(Map<String, String> names) implements BuiltIn {
        @Override
        public Schema output(Schema input) {
            List<Problem> problems = new ArrayList<>(NameProblems.unknown(NAMES.name(), names.keySet(), input));
            List<Field> fields = input.fields().stream()
                    .map(field -> field.named(renamed(field.name())))
                    .toList();
            Set<String> seen = new HashSet<>();
            for (Field field : fields) {
                if (!seen.add(field.name())) {
                    problems.add(Problem.error(
                            NAMES.name(),
                            Problem.Code.CONFLICT,
                            "two columns would be named '" + field.name() + "'",
                            "choose another name, or drop one of them first"));
                }
            }
            if (!problems.isEmpty()) {
                throw new ConfigException(problems);
            }
            return new Schema(fields, input.key().stream().map(this::renamed).toList());
        }

        @Override
        public boolean takesUnchanged(String column) {
            return true;
        }

        private String renamed(String name) {
            return names.getOrDefault(name, name);
        }

        @Override
        public TransformResult apply(RecordBatch input) {
            return TransformResult.of(input.withColumns(output(input.schema()), input.columns()));
        }
    }
}
