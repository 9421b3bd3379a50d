package dev.penstock.dataflow.transform;

import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.util.List;

/** {@code flatten}: puts the fields of struct columns in their place. */
public final class FlattenConnector implements Connector {
    static final ConfigKey<List<String>> FIELDS = ConfigKey.strings(
                    "fields", "The struct columns to flatten; all if not given")
            .example("[address]");

    static final ConfigKey<String> SEPARATOR = ConfigKey.string(
                    "separator", "What stands between the name of the column and that of the field")
            .defaultValue("_");

    static final ConfigKey<Integer> DEPTH = ConfigKey.integer("depth", "How many levels of structs are flattened")
            .defaultValue(100)
            .min(1);

    private static final ConfigSpec SPEC = ConfigSpec.of(FIELDS, SEPARATOR, DEPTH);

    @Override
    public ConnectorDescriptor descriptor() {
        return BuiltIn.descriptor("flatten", "Puts the fields of struct columns in their place", SPEC);
    }

    @Override
    public Transform transform(Config config) {
        return new FlattenTransform(config);
    }
}
