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
    private boolean wrapped;

    Message(MessageSchemas<T> schemas) {
        this.schemas = schemas;
    }

    /** Goes to the payload; gives what there is for the schema. */
    T begin(JsonScanner in) {
        wrapped = false;
        if (in.peek() != '{') {
            return schemas.unknown();
        }
        int start = in.position();
        in.expect('{');
        T found = schemas.unknown();
        int payload = -1;
        int part = -1;
        do {
            part = in.peek() == '"' ? names.read(in, part) : -1;
            if (part < 0) {
                break;
            }
            in.expect(':');
            if (part == SCHEMA) {
                int next = in.peek();
                if (next != '{' && next != 'n') {
                    break;
                }
                found = schemas.read(in);
            } else {
                in.peek();
                payload = in.position();
                in.skipValue();
            }
        } while (in.accept(','));
        wrapped = payload >= 0;
        in.moveTo(wrapped ? payload : start);
        return wrapped ? found : schemas.unknown();
    }

    /** Takes what is behind the payload. */
    void end(JsonScanner in) {
        if (wrapped) {
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
