package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.engine.embedded.store.KeyReader;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Moves what a {@link MemoryStore} has to disk when the first key is asked for, and reads it there. */
final class MemoryKeyReader implements KeyReader {
    private final Supplier<KeyReader> open;
    private @Nullable KeyReader opened;

    /** @param open moves the state to disk, unless that was done, and opens a reader of it */
    MemoryKeyReader(Supplier<KeyReader> open) {
        this.open = open;
    }

    private KeyReader reader() {
        KeyReader reader = opened;
        if (reader == null) {
            reader = open.get();
            opened = reader;
        }
        return reader;
    }

    @Override
    public byte @Nullable [] value(byte[] key) {
        return reader().value(key);
    }

    @Override
    public void begin() {
        reader().begin();
    }

    @Override
    public void end() {
        reader().end();
    }

    @Override
    public long due(TimeDomain domain, long from, int most, DueVisitor visitor) {
        return reader().due(domain, from, most, visitor);
    }

    @Override
    public List<Entry> dueAt(TimeDomain domain, long time, byte[] after, int count) {
        return reader().dueAt(domain, time, after, count);
    }

    @Override
    public List<Entry> page(byte[] after, int count) {
        return reader().page(after, count);
    }

    @Override
    public void keys(Consumer<byte[]> visitor) {
        reader().keys(visitor);
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }
}
