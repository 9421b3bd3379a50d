package dev.penstock.dataflow.transform;

import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.util.Map;

/** {@code cast}: gives columns other types. */
public final class CastConnector implements Connector {
    static final ConfigKey<Map<String, String>> COLUMNS = ConfigKey.stringMap(
                    "columns", "Columns and the types to give them; a value that does not fit makes its row bad")
            .require()
            .example("{price: decimal(10,2), day: date}");

    private static final ConfigSpec SPEC = ConfigSpec.single(COLUMNS);

    @Override
    public ConnectorDescriptor descriptor() {
        return BuiltIn.descriptor("cast", "Gives columns other types", SPEC);
    }

    @Override
    public Transform transform(Config config) {
        return new CastTransform(config.get(COLUMNS));
    }
}
