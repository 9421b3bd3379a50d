package dev.penstock.dataflow.debezium;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.format.Decoder;
import dev.penstock.spi.format.Encoder;
import java.util.Map;
import java.util.Set;

/** The format {@code debezium}: change events in JSON, read into rows with their operation, and written from them. */
public final class DebeziumConnector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "debezium",
                "0.1.0",
                "Change events of Debezium in JSON",
                Map.of(Role.DECODER, DecoderSettings.SPEC, Role.ENCODER, EncoderSettings.SPEC),
                Set.of(Capability.DETERMINISTIC));
    }

    @Override
    public Decoder decoder(Config config) {
        return new DebeziumDecoder(config);
    }

    @Override
    public Encoder encoder(Config config) {
        return new DebeziumEncoder(config);
    }
}
