package dev.penstock.connector.kafka;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.FatalException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the commit topic says of a sink: written in the transaction that makes the rows visible, so that one is there if
 * and only if the other is.
 *
 * @param generation of the incarnation that owns the sink
 * @param runs the newest committed epoch of each of the last runs, the newest run last
 */
record CommitMark(long generation, Map<String, Newest> runs) {
    static final CommitMark NONE = new CommitMark(Long.MIN_VALUE, Map.of());

    private static final int VERSION = 1;
    /** Handles are only ever of the last few runs. */
    private static final int MOST_RUNS = 64;

    /** The newest committed epoch of a run, and the writers whose rows of it are committed. */
    record Newest(long epoch, Set<Integer> writers) {}

    CommitMark ownedBy(long newGeneration) {
        return new CommitMark(newGeneration, runs);
    }

    boolean has(EpochId epoch, int writer) {
        Newest newest = runs.get(epoch.runId());
        return newest != null
                && (epoch.epoch() < newest.epoch()
                        || (epoch.epoch() == newest.epoch() && newest.writers().contains(writer)));
    }

    CommitMark with(EpochId epoch, Set<Integer> writers) {
        Map<String, Newest> changed = new LinkedHashMap<>(runs);
        Newest before = changed.remove(epoch.runId());
        Set<Integer> all = new TreeSet<>(writers);
        if (before != null && before.epoch() == epoch.epoch()) {
            all.addAll(before.writers());
        }
        changed.put(epoch.runId(), new Newest(epoch.epoch(), all));
        if (changed.size() > MOST_RUNS) {
            changed.remove(changed.keySet().iterator().next());
        }
        return new CommitMark(generation, changed);
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(generation);
            out.writeShort(runs.size());
            for (Map.Entry<String, Newest> run : runs.entrySet()) {
                out.writeUTF(run.getKey());
                out.writeLong(run.getValue().epoch());
                out.writeShort(run.getValue().writers().size());
                for (int writer : run.getValue().writers()) {
                    out.writeShort(writer);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static CommitMark decode(String topic, byte[] mark) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(mark))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IOException("it has version " + version + " and this release reads up to " + VERSION);
            }
            long generation = in.readLong();
            Map<String, Newest> runs = new LinkedHashMap<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                String run = in.readUTF();
                long epoch = in.readLong();
                Set<Integer> writers = new TreeSet<>();
                for (int writer = in.readUnsignedShort(); writer > 0; writer--) {
                    writers.add(in.readUnsignedShort());
                }
                runs.put(run, new Newest(epoch, writers));
            }
            return new CommitMark(generation, runs);
        } catch (IOException e) {
            throw new FatalException(
                    "Cannot read commit topic '" + topic + "': " + e.getMessage()
                            + "; use a newer release, or another 'commit-topic' if it belongs to something else",
                    e);
        }
    }
}
