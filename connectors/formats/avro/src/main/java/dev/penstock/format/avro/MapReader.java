package dev.penstock.format.avro;

import dev.penstock.format.registry.AvroInput;
import dev.penstock.spi.data.MapColumnBuilder;
import dev.penstock.spi.format.BadRecordException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** Reads the entries of a map; a key found twice is refused, since readers would disagree about its value. */
record MapReader(ValueReader key, ValueReader value, int smallest, MapColumnBuilder into) implements ValueReader {
    @Override
    public void read(AvroInput in) {
        Set<ByteBuffer> seen = new HashSet<>();
        for (long count = in.readBlock(smallest); count != 0; count = in.readBlock(smallest)) {
            for (long i = 0; i < count; i++) {
                int from = in.position();
                key.read(in);
                if (!seen.add(ByteBuffer.wrap(in.data(), from, in.position() - from))) {
                    throw new BadRecordException("a key twice in one map");
                }
                value.read(in);
            }
        }
        into.endMap();
    }
}
