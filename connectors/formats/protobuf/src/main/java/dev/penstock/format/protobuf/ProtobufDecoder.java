package dev.penstock.format.protobuf;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Descriptors.Descriptor;
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
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.BadRecordException;
import dev.penstock.spi.format.DecodedRecords;
import dev.penstock.spi.format.Decoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads records in Protocol Buffers, each as the message that it says it is. */
final class ProtobufDecoder implements Decoder {
    private final DecoderSettings settings;
    private final Map<Written, MessageReader> readers = new HashMap<>();
    private final ProtoInput header = new ProtoInput();
    private @Nullable SchemaRegistry registry;
    private @Nullable BatchBuilder rows;
    private @Nullable MessageReader plain;
    private List<ColumnBuilder> builders = List.of();

    ProtobufDecoder(DecoderSettings settings) {
        this.settings = settings;
    }

    /** What a record says it is. */
    private record Written(int schema, List<Integer> indexes) {}

    @Override
    public Optional<List<Field>> columns() {
        return settings.columns().or(() -> settings.given().map(ProtobufColumns::of));
    }

    @Override
    public List<Field> find(Supplier<List<RecordBatch>> sample) {
        return settings.subject()
                .map(subject ->
                        GivenMessage.of(registry().version(subject, settings.version()), settings.messageName()))
                .or(() -> newest(sample.get()))
                .map(ProtobufColumns::of)
                .orElse(List.of());
    }

    /** The message with the newest schema in {@code sample}. */
    private Optional<Descriptor> newest(List<RecordBatch> sample) {
        Written newest = null;
        for (RecordBatch batch : sample) {
            BytesColumn records = (BytesColumn) batch.column(Payload.COLUMN);
            for (int row = 0; row < batch.rowCount(); row++) {
                Written written = records.isNull(row) ? null : known(records, row);
                newest = written != null && (newest == null || written.schema > newest.schema) ? written : newest;
            }
        }
        return Optional.ofNullable(newest).map(this::message);
    }

    private @Nullable Written known(BytesColumn records, int row) {
        try {
            int start = records.start(row);
            Written written = written(records.data(), start, start + records.length(row));
            message(written);
            return written;
        } catch (BadRecordException e) {
            return null;
        }
    }

    @Override
    public void open(ConnectorContext context) {
        BatchBuilder made = new BatchBuilder(new Schema(columns().orElseThrow()), 1024);
        rows = made;
        builders =
                IntStream.range(0, made.schema().size()).mapToObj(made::column).toList();
        if (settings.registry().isEmpty()) {
            plain = MessageReader.of(
                    settings.given().orElseThrow(), made.schema().fields(), builders);
        }
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
        return DecodedRecords.read(input, records, requireNonNull(rows, "open comes before decode"), this::read);
    }

    private void read(byte[] data, int from, int to, Operation operation) {
        MessageReader reader = plain;
        int start = from;
        if (reader == null) {
            Written written = written(data, from, to);
            start = header.position();
            reader = readers.get(written);
            if (reader == null) {
                reader = MessageReader.of(
                        message(written), requireNonNull(rows, "rows").schema().fields(), builders);
                readers.put(written, reader);
            }
        }
        reader.read(data, start, to);
        requireNonNull(rows, "rows").endRow(operation);
    }

    private Written written(byte[] data, int from, int to) {
        int id = WireFormat.id(data, from, to);
        header.start(data, from + WireFormat.HEADER, to);
        return new Written(id, MessageIndexes.read(header));
    }

    private Descriptor message(Written written) {
        int id = written.schema;
        RegisteredSchema registered = registry()
                .byId(id)
                .orElseThrow(() -> new BadRecordException("names schema " + id + ", which the registry does not have"));
        if (registered.kind() != RegisteredSchema.Kind.PROTOBUF) {
            throw new BadRecordException("names schema " + id + ", which is " + registered.kind() + ", not PROTOBUF");
        }
        try {
            return MessageIndexes.message(GivenMessage.file(registered), written.indexes);
        } catch (IllegalArgumentException e) {
            throw new BadRecordException("names schema " + id + ", which cannot be used: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        readers.clear();
    }
}
