package dev.penstock.dataflow.debezium;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.format.DebeziumMetadata;
import dev.penstock.dataflow.format.DebeziumOptions;
import dev.penstock.dataflow.format.EventDecoder;
import dev.penstock.dataflow.format.EventInference;
import dev.penstock.format.registry.RegistrySettings;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.format.DecodedRecords;
import dev.penstock.spi.format.Decoder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads change events. */
final class DebeziumDecoder implements Decoder {
    private final Config config;
    private final DebeziumOptions options;
    private final Optional<SchemaRegistry> registry;
    private @Nullable EventDecoder decoder;

    DebeziumDecoder(Config config) {
        this.config = config;
        this.options = DecoderSettings.bind(config);
        this.registry = RegistrySettings.of(config).map(SchemaRegistry::new);
    }

    @Override
    public Optional<List<Field>> columns() {
        Stream<Field> more = options.metadata().stream().map(DebeziumMetadata::column);
        return Decoder.declared(config)
                .map(table -> Stream.concat(table.stream(), more).toList());
    }

    @Override
    public List<Field> find(Supplier<List<RecordBatch>> sample) {
        EventInference inference = new EventInference(registry);
        sample.get().forEach(inference::observe);
        return inference.columns();
    }

    @Override
    public void open(ConnectorContext context) {
        decoder = new EventDecoder(Decoder.declared(config).orElseThrow(), options, registry);
    }

    @Override
    public DecodedRecords decode(RecordBatch input, BytesColumn records) {
        return requireNonNull(decoder, "decoder").decode(input, records);
    }

    @Override
    public void close() {}
}
