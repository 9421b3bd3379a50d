package dev.penstock.dataflow.transform;

import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.format.Decoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The step {@code decode} of a format that a connector offers, by the name {@code decode-<format>}. */
public final class FormatDecoder implements FindsColumns {
    private final Connector format;
    private final ConfigSpec spec;

    private FormatDecoder(Connector format, ConfigSpec spec) {
        this.format = format;
        this.spec = spec;
    }

    /** The step that decodes {@code format}, if that is a format. */
    public static Optional<FormatDecoder> of(Connector format) {
        return format.descriptor()
                .spec(Role.DECODER)
                .map(spec -> new FormatDecoder(format, spec.and(DecodeConnector.COLUMN, DecodeConnector.PREFIX)));
    }

    @Override
    public ConnectorDescriptor descriptor() {
        ConnectorDescriptor own = format.descriptor();
        return BuiltIn.descriptor(DecodeConnector.NAME + "-" + own.name(), own.summary(), spec);
    }

    @Override
    public Transform transform(Config config) {
        return new DecodeTransform(new FormatDecoding(format.decoder(config), beside(config)), ReadColumn.of(config));
    }

    private Map<String, String> beside(Config config) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (ConfigKey<?> setting : spec.keys()) {
            if (setting.type().equals(ConfigType.COLUMN)) {
                config.find(setting).ifPresent(column -> columns.put(setting.name(), column.toString()));
            }
        }
        return columns;
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        return format.check(Role.DECODER, config, context);
    }

    @Override
    public boolean knowsColumns(Config config) {
        try (Decoder decoder = format.decoder(config)) {
            return decoder.columns().isPresent();
        }
    }

    @Override
    public Map<String, String> find(Config config, Supplier<List<RecordBatch>> sample) {
        Map<String, String> columns = new LinkedHashMap<>();
        try (Decoder decoder = format.decoder(config)) {
            for (Field field : decoder.find(() -> ReadColumn.of(config).records(sample.get()))) {
                columns.put(field.name(), field.typeText());
            }
        }
        return columns;
    }

    @Override
    public Config withColumns(Config config, Map<String, String> columns) {
        return config.with(Decoder.COLUMNS, columns);
    }
}
