package dev.penstock.dataflow.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What was made for the schemas that come inside of messages. As each message has one, they are recognised by their
 * bytes; only one that was never seen is taken apart.
 *
 * @param <T> what is made for a schema
 */
final class MessageSchemas<T> {
    /** A table seldom has more forms than this; that of another topic begins anew. */
    private static final int MOST = 100;

    private static final byte[] NONE = {0};

    private final MessageForm form;
    private final Function<ConnectType, T> make;
    private final T unknown;
    private final JsonTree trees = new JsonTree("");
    private final Map<ByteBuffer, T> made = new HashMap<>();
    private byte[] lastBytes = NONE;
    private T last;

    MessageSchemas(MessageForm form, Function<ConnectType, T> make) {
        this.form = form;
        this.make = make;
        this.unknown = make.apply(ConnectType.UNKNOWN);
        this.last = unknown;
    }

    /** What is for messages without a schema. */
    T unknown() {
        return unknown;
    }

    /** What is for the schema that is next in {@code in}; takes it. */
    T read(JsonScanner in) {
        if (in.peek() == 'n' && in.acceptNull()) {
            return unknown;
        }
        if (in.acceptExactly(lastBytes)) {
            return last;
        }
        int from = in.position();
        in.skipValue();
        ByteBuffer bytes = ByteBuffer.wrap(in.text(), from, in.position() - from);
        T known = made.get(bytes);
        if (known == null) {
            known = make.apply(form.type(trees.read(in.text(), from, in.position())));
            if (made.size() == MOST) {
                made.clear();
            }
            made.put(ByteBuffer.wrap(Arrays.copyOfRange(in.text(), from, in.position())), known);
        }
        lastBytes = Arrays.copyOfRange(in.text(), from, in.position());
        last = known;
        return known;
    }
}
