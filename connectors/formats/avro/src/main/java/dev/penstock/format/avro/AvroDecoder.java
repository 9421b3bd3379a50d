package dev.penstock.format.avro;

import static java.util.Objects.requireNonNull;

import dev.penstock.format.registry.RegisteredSchema;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.format.registry.WireFormat;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Payload;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.format.BadRecordException;
import dev.penstock.spi.format.DecodedRecords;
import dev.penstock.spi.format.Decoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads records in Avro, each with the schema it was written with. */
final class AvroDecoder implements Decoder {
    private final DecoderSettings settings;
    private final Map<Integer, AvroRecords> plans = new HashMap<>();
    private @Nullable SchemaRegistry registry;
    private @Nullable BatchBuilder rows;
    private Optional<Schema> reader = Optional.empty();
    private List<ColumnBuilder> builders = List.of();
    private @Nullable AvroRecords plan;
    private int planId;

    AvroDecoder(DecoderSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<List<Field>> columns() {
        return settings.columns().or(() -> settings.schema().map(AvroColumns::of));
    }

    @Override
    public List<Field> find(Supplier<List<RecordBatch>> sample) {
        return readerSchema().map(AvroColumns::of).orElseGet(() -> ofNewest(sample.get()));
    }

    /**
     * The columns of the newest schema in {@code sample}; all nullable, since the next version may lack any of them.
     */
    private List<Field> ofNewest(List<RecordBatch> sample) {
        int newest = -1;
        for (RecordBatch batch : sample) {
            BytesColumn records = (BytesColumn) batch.column(Payload.COLUMN);
            for (int row = 0; row < batch.rowCount(); row++) {
                newest = Math.max(newest, knownId(records, row));
            }
        }
        return newest < 0
                ? List.of()
                : AvroColumns.of(schema(newest)).stream()
                        .map(field -> Field.of(field.name(), field.type()))
                        .toList();
    }

    private int knownId(BytesColumn records, int row) {
        try {
            int start = records.start(row);
            int id = records.isNull(row) ? -1 : WireFormat.id(records.data(), start, start + records.length(row));
            return id >= 0 && registry().byId(id).isPresent() ? id : -1;
        } catch (BadRecordException e) {
            return -1;
        }
    }

    @Override
    public void open(ConnectorContext context) {
        reader = readerSchema();
        BatchBuilder made =
                new BatchBuilder(new dev.penstock.spi.data.Schema(columns().orElseThrow()), 1024);
        rows = made;
        builders =
                IntStream.range(0, made.schema().size()).mapToObj(made::column).toList();
        if (settings.registry().isEmpty()) {
            plan = AvroRecords.of(reader.orElseThrow(), reader, made.schema().fields(), builders);
        }
    }

    private Optional<Schema> readerSchema() {
        return settings.schema()
                .or(() -> settings.subject()
                        .map(subject -> GivenSchema.of(registry().version(subject, settings.version()))));
    }

    private SchemaRegistry registry() {
        SchemaRegistry made = registry;
        if (made == null) {
            made = new SchemaRegistry(settings.registry().orElseThrow());
            registry = made;
        }
        return made;
    }

    @Override
    public DecodedRecords decode(RecordBatch input, BytesColumn records) {
        BatchBuilder into = requireNonNull(rows, "open comes before decode");
        return settings.registry().isPresent()
                ? DecodedRecords.read(input, records, into, this::readRegistered)
                : DecodedRecords.read(input, records, into, this::readPlain);
    }

    private void readPlain(byte[] data, int from, int to, Operation operation) {
        requireNonNull(plan, "plan").read(data, from, to);
        requireNonNull(rows, "rows").endRow(operation);
    }

    private void readRegistered(byte[] data, int from, int to, Operation operation) {
        int id = WireFormat.id(data, from, to);
        AvroRecords current = plan;
        if (current == null || id != planId) {
            current = plan(id);
            plan = current;
            planId = id;
        }
        current.read(data, from + WireFormat.HEADER, to);
        requireNonNull(rows, "rows").endRow(operation);
    }

    private AvroRecords plan(int id) {
        AvroRecords known = plans.get(id);
        if (known == null) {
            List<Field> fields = requireNonNull(rows, "rows").schema().fields();
            known = AvroRecords.of(schema(id), reader, fields, builders);
            plans.put(id, known);
        }
        return known;
    }

    private Schema schema(int id) {
        RegisteredSchema registered = registry()
                .byId(id)
                .orElseThrow(() -> new BadRecordException("names schema " + id + ", which the registry does not have"));
        if (registered.kind() != RegisteredSchema.Kind.AVRO) {
            throw new BadRecordException("names schema " + id + ", which is " + registered.kind() + ", not AVRO");
        }
        try {
            return GivenSchema.of(registered);
        } catch (AvroRuntimeException e) {
            throw new BadRecordException("names schema " + id + ", which cannot be read as an Avro schema");
        }
    }

    @Override
    public void close() {
        plans.clear();
    }
}
