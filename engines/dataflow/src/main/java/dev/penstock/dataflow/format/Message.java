package dev.penstock.dataflow.format;

import java.util.List;

/**
 * Finds the payload in a message of Kafka Connect, which is wrapped together with its schema or stands by itself.
 *
 * <p><b>Order of calls:</b> {@code (begin, read the payload, end)*}.
 *
 * @param <T> what there is for a schema
 */
final class Message<T> {
    private static final int SCHEMA = 0;
    private static final List<String> PARTS = List.of("schema", "payload");

    private final FieldNames names = new FieldNames(PARTS);
    private final MessageSchemas<T> schemas;
    private T found;
    /** Where it begins if it is wrapped. */
    private int payload = -1;

    Message(MessageSchemas<T> schemas) {
        this.schemas = schemas;
        this.found = schemas.unknown();
    }

    /** Goes to the payload; gives what there is for the schema. */
    T begin(JsonScanner in) {
        found = schemas.unknown();
        payload = -1;
        if (in.peek() != '{') {
            return found;
        }
        int start = in.position();
        in.expect('{');
        int part = -1;
        do {
            part = in.peek() == '"' ? names.read(in, part) : -1;
        } while (part >= 0 && read(part, in) && in.accept(','));
        in.moveTo(payload >= 0 ? payload : start);
        return payload >= 0 ? found : schemas.unknown();
    }

    /** Reads a part; false if it is not one after all. */
    private boolean read(int part, JsonScanner in) {
        in.expect(':');
        int next = in.peek();
        if (part == SCHEMA) {
            boolean schema = next == '{' || next == 'n';
            found = schema ? schemas.read(in) : found;
            return schema;
        }
        payload = in.position();
        in.skipValue();
        return true;
    }

    /** Takes what is behind the payload. */
    void end(JsonScanner in) {
        if (payload >= 0) {
            while (in.accept(',')) {
                in.readString();
                in.expect(':');
                in.skipValue();
            }
            in.expect('}');
        }
        in.requireEnd();
    }
}
