package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.KeyEncoder;
import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code sample}: keeps the rows of a share of all keys, the same keys in every run. */
public final class SampleConnector implements Connector {
    static final ConfigKey<Double> FRACTION = ConfigKey.of(
                    "fraction", ConfigType.NUMBER, "The share of keys whose rows are kept, from 0 to 1")
            .require()
            .example("0.1");

    private static final ConfigSpec SPEC = ConfigSpec.of(KeyColumns.KEY, FRACTION);

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "sample",
                "0.1.0",
                "Keeps the rows of a share of all keys, the same keys in every run",
                Map.of(Role.TRANSFORM, SPEC),
                Set.of(Capability.DETERMINISTIC));
    }

    @Override
    public Transform transform(Config config) {
        double fraction = config.get(FRACTION);
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new ConfigException(List.of(Problem.error(
                    FRACTION.name(), Problem.Code.NOT_ALLOWED, fraction + " is no share", "give 0 to 1")));
        }
        return new Sample(config.get(KeyColumns.KEY), fraction);
    }

    private static final class Sample implements Transform {
        private final List<String> key;
        private final double fraction;
        private Optional<Bound> bound = Optional.empty();

        private record Bound(Schema schema, KeyEncoder encoder) {}

        Sample(List<String> key, double fraction) {
            this.key = key;
            this.fraction = fraction;
        }

        @Override
        public Schema output(Schema input) {
            List<Problem> problems = KeyColumns.problems(key, input);
            if (!problems.isEmpty()) {
                throw new ConfigException(problems);
            }
            return input;
        }

        @Override
        public void open(ConnectorContext context) {}

        @Override
        public TransformResult apply(RecordBatch input) {
            KeyEncoder encoder = encoder(input.schema());
            encoder.bind(input);
            int[] rows = new int[input.rowCount()];
            int count = 0;
            for (int row = 0; row < rows.length; row++) {
                encoder.encode(row);
                rows[count] = row;
                count += isKept(encoder.hash()) ? 1 : 0;
            }
            int[] kept = Arrays.copyOf(rows, count);
            return TransformResult.of(input.take(kept, count), kept);
        }

        /** The upper half of the hash, as a fraction of all there are. */
        private boolean isKept(long hash) {
            return (hash >>> Integer.SIZE) < fraction * (1L << Integer.SIZE);
        }

        private KeyEncoder encoder(Schema schema) {
            Bound now = bound.filter(known -> known.schema.equals(schema))
                    .orElseGet(() -> new Bound(schema, new KeyEncoder(schema, key)));
            bound = Optional.of(now);
            return now.encoder;
        }

        @Override
        public void close() {}
    }
}
