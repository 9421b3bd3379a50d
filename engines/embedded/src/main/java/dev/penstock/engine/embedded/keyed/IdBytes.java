package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.ObjectKeyEncoder;

/** The bytes of one key after the other, without an array for each. Not thread safe. */
final class IdBytes {
    private final ObjectKeyEncoder encoder = new ObjectKeyEncoder();
    private byte[] bytes = {};
    private int length;

    /** Makes the bytes of the key that {@code id} stands for, see {@link KeyIdentity}. */
    IdBytes of(Object id) {
        if (id instanceof byte[] known) {
            bytes = known;
            length = known.length;
        } else {
            encoder.encode(KeyIdentity.value(id));
            bytes = encoder.bytes();
            length = encoder.length();
        }
        return this;
    }

    /** Of these the first {@link #length} are the key; not to be changed, valid until the next is made. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
