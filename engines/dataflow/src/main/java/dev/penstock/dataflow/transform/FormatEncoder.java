package dev.penstock.dataflow.transform;

import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.Optional;

/** The step {@code encode} of a format that a connector offers, by the name {@code encode-<format>}. */
public final class FormatEncoder implements Connector {
    private final Connector format;
    private final ConfigSpec spec;

    private FormatEncoder(Connector format, ConfigSpec spec) {
        this.format = format;
        this.spec = spec;
    }

    /** The step that encodes {@code format}, if that is a format. */
    public static Optional<FormatEncoder> of(Connector format) {
        return format.descriptor()
                .spec(Role.ENCODER)
                .map(spec -> new FormatEncoder(
                        format,
                        spec.and(
                                EncodeConnector.COLUMNS,
                                EncodeConnector.INTO,
                                EncodeConnector.OPERATION_COLUMN,
                                EncodeConnector.KEEP,
                                EncodeConnector.WITHOUT)));
    }

    @Override
    public ConnectorDescriptor descriptor() {
        ConnectorDescriptor own = format.descriptor();
        return BuiltIn.descriptor(EncodeConnector.NAME + "-" + own.name(), own.summary(), spec);
    }

    @Override
    public Transform transform(Config config) {
        return EncodeConnector.transform(config, new FormatEncoding(format.encoder(config)));
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        return format.check(Role.ENCODER, config, context);
    }
}
