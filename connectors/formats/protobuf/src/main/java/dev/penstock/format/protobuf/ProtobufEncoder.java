package dev.penstock.format.protobuf;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Descriptors.Descriptor;
import dev.penstock.format.registry.RegisteredSchema;
import dev.penstock.format.registry.RegisteredSchema.Draft;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.format.registry.WireFormat;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.EncodedRecords;
import dev.penstock.spi.format.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes rows in Protocol Buffers, all as one message. */
final class ProtobufEncoder implements Encoder {
    private final EncoderSettings settings;
    private final ProtoOutput out = new ProtoOutput();
    private @Nullable MessageWriter writer;
    private byte[] header = new byte[0];

    ProtobufEncoder(EncoderSettings settings) {
        this.settings = settings;
    }

    @Override
    public void check(Schema rows) {
        if (settings.given().isPresent()) {
            writer(settings.given().get(), rows);
        } else if (settings.autoRegister() || settings.registry().isEmpty()) {
            ProtoSchemas.of(settings.madeName(), rows.fields());
        }
    }

    @Override
    public void open(ConnectorContext context, Schema rows) {
        Descriptor message = settings.registry()
                .map(registry -> registered(new SchemaRegistry(registry), rows))
                .orElseGet(() -> settings.given().orElseGet(() -> made(text(rows))));
        writer = writer(message, rows);
    }

    private String text(Schema rows) {
        return ProtoSchemas.of(settings.madeName(), rows.fields());
    }

    private static Descriptor made(String text) {
        return ProtoFiles.ofText(text, Map.of()).getMessageTypes().get(0);
    }

    private Descriptor registered(SchemaRegistry registry, Schema rows) {
        if (settings.autoRegister()) {
            String text = text(rows);
            int id = registry.register(
                    settings.subject().of(settings.madeName()), Draft.of(RegisteredSchema.Kind.PROTOBUF, text));
            return withHeader(id, made(text));
        }
        RegisteredSchema latest = registry.version(settings.subject().of(settings.madeName()), "latest");
        return withHeader(latest.id(), GivenMessage.of(latest, settings.messageName()));
    }

    private Descriptor withHeader(int id, Descriptor message) {
        byte[] indexes = MessageIndexes.of(message);
        header = new byte[WireFormat.HEADER + indexes.length];
        WireFormat.write(id, header, 0);
        System.arraycopy(indexes, 0, header, WireFormat.HEADER, indexes.length);
        return message;
    }

    private static MessageWriter writer(Descriptor message, Schema rows) {
        List<Problem> problems = new ArrayList<>();
        return MessageWriter.of(message, rows.fields(), problems).orElseThrow(() -> new ConfigException(problems));
    }

    @Override
    public EncodedRecords encode(RecordBatch rows) {
        ValueWriter message = requireNonNull(writer, "open comes before encode").bind(rows.columns());
        return EncodedRecords.write(rows, (row, records) -> {
            out.clear();
            out.write(header, 0, header.length);
            message.write(row, out);
            records.append(out.data(), 0, out.size());
        });
    }

    @Override
    public void close() {}
}
