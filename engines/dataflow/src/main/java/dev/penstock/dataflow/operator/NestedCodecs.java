package dev.penstock.dataflow.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Codecs of states that hold others. Each writes the versions of the codecs of its parts, so that those may rise. */
final class NestedCodecs {
    private static final int VERSION = 1;

    private NestedCodecs() {}

    private static <T> int readVersion(DataInput in, StateCodec<T> codec) throws IOException {
        int version = Lengths.read(in);
        if (version > codec.version()) {
            throw new IOException("a part of it has version " + version + " and its codec reads up to "
                    + codec.version() + "; use the release that wrote it, or a newer one");
        }
        return version;
    }

    private static <T> void writeAll(Collection<T> values, StateCodec<T> codec, DataOutput out) throws IOException {
        Lengths.write(codec.version(), out);
        Lengths.write(values.size(), out);
        for (T value : values) {
            codec.write(value, out);
        }
    }

    private static <T, C extends Collection<T>> C readAll(C into, StateCodec<T> codec, DataInput in)
            throws IOException {
        int version = readVersion(in, codec);
        int count = Lengths.read(in);
        for (int i = 0; i < count; i++) {
            into.add(codec.read(in, version));
        }
        return into;
    }

    record OfList<T>(StateCodec<T> element) implements StateCodec<List<T>> {
        @Override
        public int version() {
            return VERSION;
        }

        @Override
        public void write(List<T> state, DataOutput out) throws IOException {
            writeAll(state, element, out);
        }

        @Override
        public List<T> read(DataInput in, int version) throws IOException {
            return readAll(new ArrayList<>(), element, in);
        }
    }

    record OfSet<T>(StateCodec<T> element) implements StateCodec<Set<T>> {
        @Override
        public int version() {
            return VERSION;
        }

        @Override
        public void write(Set<T> state, DataOutput out) throws IOException {
            writeAll(state, element, out);
        }

        @Override
        public Set<T> read(DataInput in, int version) throws IOException {
            return readAll(new LinkedHashSet<>(), element, in);
        }
    }

    record OfMap<K, V>(StateCodec<K> key, StateCodec<V> value) implements StateCodec<Map<K, V>> {
        @Override
        public int version() {
            return VERSION;
        }

        @Override
        public void write(Map<K, V> state, DataOutput out) throws IOException {
            Lengths.write(key.version(), out);
            Lengths.write(value.version(), out);
            Lengths.write(state.size(), out);
            for (Map.Entry<K, V> entry : state.entrySet()) {
                key.write(entry.getKey(), out);
                value.write(entry.getValue(), out);
            }
        }

        @Override
        public Map<K, V> read(DataInput in, int version) throws IOException {
            int keyVersion = readVersion(in, key);
            int valueVersion = readVersion(in, value);
            int count = Lengths.read(in);
            Map<K, V> map = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                map.put(key.read(in, keyVersion), value.read(in, valueVersion));
            }
            return map;
        }
    }

    record OfOptional<T>(StateCodec<T> value) implements StateCodec<Optional<T>> {
        @Override
        public int version() {
            return VERSION;
        }

        @Override
        public void write(Optional<T> state, DataOutput out) throws IOException {
            out.writeBoolean(state.isPresent());
            if (state.isPresent()) {
                Lengths.write(value.version(), out);
                value.write(state.get(), out);
            }
        }

        @Override
        public Optional<T> read(DataInput in, int version) throws IOException {
            return in.readBoolean() ? Optional.of(value.read(in, readVersion(in, value))) : Optional.empty();
        }

        @Override
        public boolean immutableStates() {
            return value.immutableStates();
        }
    }

    record OfPair<A, B>(StateCodec<A> first, StateCodec<B> second) implements StateCodec<Map.Entry<A, B>> {
        @Override
        public int version() {
            return VERSION;
        }

        @Override
        public void write(Map.Entry<A, B> state, DataOutput out) throws IOException {
            Lengths.write(first.version(), out);
            first.write(state.getKey(), out);
            Lengths.write(second.version(), out);
            second.write(state.getValue(), out);
        }

        @Override
        public Map.Entry<A, B> read(DataInput in, int version) throws IOException {
            A one = first.read(in, readVersion(in, first));
            return Map.entry(one, second.read(in, readVersion(in, second)));
        }
    }
}
