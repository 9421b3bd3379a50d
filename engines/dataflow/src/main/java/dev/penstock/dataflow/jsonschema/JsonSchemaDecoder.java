package dev.penstock.dataflow.jsonschema;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.format.JsonRows;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.format.registry.WireFormat;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Payload;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.BadRecordException;
import dev.penstock.spi.format.DecodedRecords;
import dev.penstock.spi.format.Decoder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads JSON behind the id of a schema. The schema gives columns; values are held to their types. */
final class JsonSchemaDecoder implements Decoder {
    private final Config config;
    private final Optional<List<Field>> declared;
    private final Set<Integer> known = new HashSet<>();
    private final SchemaRegistry registry;
    private @Nullable BatchBuilder rows;
    private @Nullable JsonRows json;

    JsonSchemaDecoder(Config config) {
        this.config = config;
        this.declared = Decoder.declared(config);
        this.registry = new SchemaRegistry(SchemaSettings.registry(config));
    }

    @Override
    public Optional<List<Field>> columns() {
        return declared;
    }

    @Override
    public List<Field> find(Supplier<List<RecordBatch>> sample) {
        Optional<String> subject = config.find(SchemaSettings.SUBJECT);
        if (subject.isEmpty()) {
            return ofNewest(sample.get());
        }
        try {
            return SchemaColumns.of(
                    SchemaSettings.parsed(registry.version(subject.get(), config.get(SchemaSettings.VERSION))));
        } catch (BadRecordException e) {
            throw SchemaSettings.unusable(subject.get(), e);
        }
    }

    /**
     * The columns of the newest schema in {@code sample}; all nullable, since the next version may lack any of them.
     */
    private List<Field> ofNewest(List<RecordBatch> sample) {
        int newest = -1;
        List<Field> fields = List.of();
        for (RecordBatch batch : sample) {
            BytesColumn records = (BytesColumn) batch.column(Payload.COLUMN);
            for (int row = 0; row < batch.rowCount(); row++) {
                Optional<Map<?, ?>> schema = records.isNull(row) ? Optional.empty() : schema(records, row, newest);
                if (schema.isPresent()) {
                    int start = records.start(row);
                    newest = WireFormat.id(records.data(), start, start + records.length(row));
                    fields = SchemaColumns.of(schema.get());
                }
            }
        }
        return fields.stream()
                .map(field -> Field.of(field.name(), field.type()))
                .toList();
    }

    /** The schema of a record, if it is newer than {@code than}. */
    private Optional<Map<?, ?>> schema(BytesColumn records, int row, int than) {
        try {
            int start = records.start(row);
            int id = WireFormat.id(records.data(), start, start + records.length(row));
            return id > than ? registry.byId(id).map(SchemaSettings::parsed) : Optional.empty();
        } catch (BadRecordException e) {
            return Optional.empty();
        }
    }

    @Override
    public void open(ConnectorContext context) {
        BatchBuilder made = new BatchBuilder(new Schema(columns().orElseThrow()), 1024);
        rows = made;
        json = new JsonRows(made, config.get(SchemaSettings.UNKNOWN_FIELDS) == SchemaSettings.UnknownFields.REJECT);
    }

    @Override
    public DecodedRecords decode(RecordBatch input, BytesColumn records) {
        JsonRows reader = requireNonNull(json, "open comes before decode");
        return DecodedRecords.read(input, records, requireNonNull(rows, "rows"), (data, from, to, operation) -> {
            requireKnown(WireFormat.id(data, from, to));
            reader.decode(data, from + WireFormat.HEADER, to, operation);
        });
    }

    /** A record of another kind of schema is not JSON, whatever it looks like. */
    private void requireKnown(int id) {
        if (known.contains(id)) {
            return;
        }
        SchemaSettings.parsed(registry.byId(id)
                .orElseThrow(
                        () -> new BadRecordException("names schema " + id + ", which the registry does not have")));
        known.add(id);
    }

    @Override
    public void close() {
        known.clear();
    }
}
