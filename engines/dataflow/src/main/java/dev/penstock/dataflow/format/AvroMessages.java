package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.penstock.dataflow.format.EventReader.Range;
import dev.penstock.format.registry.AvroInput;
import dev.penstock.format.registry.RegisteredSchema;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.format.registry.WireFormat;
import dev.penstock.spi.format.BadRecordException;
import java.util.HashMap;
import java.util.Map;

/**
 * Messages in Avro behind the id of their schema, as the JSON that says the same: one way into columns for both. What
 * stands for the schema in it is the id.
 */
final class AvroMessages implements MessageForm {
    private static final String ID = "id";

    private final SchemaRegistry registry;
    private final Map<Integer, ConnectAvro> schemas = new HashMap<>();
    private final AvroInput in = new AvroInput();
    private final ByteOutput out = new ByteOutput(1024);

    AvroMessages(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Range json(Range message) {
        try {
            int id = WireFormat.id(message.data(), message.from(), message.to());
            ConnectAvro schema = schema(id);
            out.truncate(0);
            out.put(("{\"schema\":{\"" + ID + "\":" + id + "},\"payload\":").getBytes(US_ASCII));
            in.start(message.data(), message.from() + WireFormat.HEADER, message.to());
            schema.json().write(in, out);
            in.requireEnd();
            out.put('}');
            return new Range(out.data(), 0, out.size());
        } catch (BadRecordException e) {
            throw new ValueException(e.reason());
        }
    }

    @Override
    public ConnectType type(Object schema) {
        return schema instanceof Map<?, ?> object && object.get(ID) instanceof Long id
                ? schema(id.intValue()).type()
                : ConnectType.UNKNOWN;
    }

    private ConnectAvro schema(int id) {
        ConnectAvro known = schemas.get(id);
        if (known == null) {
            RegisteredSchema registered = registry.byId(id)
                    .orElseThrow(() -> new ValueException("names schema " + id + ", which the registry does not have"));
            if (registered.kind() != RegisteredSchema.Kind.AVRO) {
                throw new ValueException("names schema " + id + ", which is " + registered.kind() + ", not AVRO");
            }
            known = ConnectAvroSchema.parse(
                    registered.text(), registered.references().values());
            schemas.put(id, known);
        }
        return known;
    }
}
