package dev.penstock.engine.embedded.protocol;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.WriterSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An outside system with transactions, some of which are nobody's business. */
final class SimulatedTarget {
    /** Names a transaction. */
    record Id(String sinkId, EpochId epoch, int writer) {}

    /** What a transaction holds. */
    static final class Content {
        final List<Integer> rows = new ArrayList<>();
        boolean prepared;
    }

    private static final ResumeState HANDLE = new ResumeState(1, new byte[0]);

    private final SimulatedDisk disk;
    private final Chaos chaos;
    private final Weakness weakness;
    private final Map<Id, Content> open = new LinkedHashMap<>();
    private final Set<Object> markers = new HashSet<>();
    private final Set<Id> killed = new HashSet<>();
    private final Map<String, int[]> visible = new HashMap<>();
    private final Map<String, Long> claims = new HashMap<>();
    private final int foreign;

    SimulatedTarget(SimulatedDisk disk, Chaos chaos, Weakness weakness, int rowNumbers, List<String> sinks) {
        this.disk = disk;
        this.chaos = chaos;
        this.weakness = weakness;
        sinks.forEach(sink -> visible.put(sink, new int[rowNumbers]));
        this.foreign = chaos.below(3);
        for (int index = 0; index < foreign; index++) {
            open.put(new Id("other/sink", new EpochId("r1", 1 + chaos.below(9)), index), new Content());
        }
    }

    void checkFence(String sinkId, long generation) {
        if (generation < claims.getOrDefault(sinkId, 0L) && weakness != Weakness.NO_FENCING) {
            throw new FencedException("generation " + generation + " was replaced at " + sinkId);
        }
    }

    void claim(String sinkId, long generation) {
        checkFence(sinkId, generation);
        claims.put(sinkId, generation);
    }

    /** What a writer does before its first epoch. */
    void abortStrays(WriterSlot slot, long generation) {
        checkFence(slot.sinkId(), generation);
        open.entrySet()
                .removeIf(entry -> isStray(slot, entry.getKey())
                        && (entry.getKey().sinkId().equals(slot.sinkId())
                                || weakness == Weakness.CLEANUP_OF_OTHER_SINKS));
    }

    private boolean isStray(WriterSlot slot, Id id) {
        long epoch = id.epoch().epoch();
        return switch (weakness) {
            case NO_STRAY_CLEANUP -> false;
            case CLEANUP_FROM_RESTORED_EPOCH -> slot.ownsStray(id.writer(), epoch + 1);
            case CLEANUP_WITHOUT_MODULO -> id.writer() == slot.index() && epoch > slot.restoredEpoch();
            case CLEANUP_OF_ALL_WRITERS -> epoch > slot.restoredEpoch();
            default -> slot.ownsStray(id.writer(), epoch);
        };
    }

    void write(Id id, long generation, int row) {
        checkFence(id.sinkId(), generation);
        open.computeIfAbsent(id, unknown -> new Content()).rows.add(row);
    }

    /** Makes a transaction ready; if it was aborted meanwhile, its rows are gone. */
    Prepared prepare(Id id, long generation, int rows) {
        checkFence(id.sinkId(), generation);
        Content content = open.get(id);
        if (content == null || content.rows.size() != rows) {
            throw new Violation("somebody else aborted the running transaction " + id);
        }
        content.prepared = true;
        return new Prepared(id.epoch(), id.writer(), HANDLE, rows, 0);
    }

    /** What a sink without transactions does. */
    void show(String sinkId, List<Integer> rows) {
        rows.forEach(row -> visible(sinkId)[row]++);
    }

    Outcome commit(String sinkId, long generation, Prepared prepared) {
        checkFence(sinkId, generation);
        Id id = new Id(sinkId, prepared.epoch(), prepared.writer());
        if (markers.contains(marker(id))) {
            return Outcome.ALREADY_COMMITTED;
        }
        Content content = open.remove(id);
        if (content == null) {
            return lost(id);
        }
        if (!disk.wasSealed(id.epoch())) {
            throw new Violation("epoch " + id.epoch() + " became visible before it was durable");
        }
        show(sinkId, content.rows);
        markers.add(marker(id));
        return Outcome.COMMITTED;
    }

    private Outcome lost(Id id) {
        if (weakness != Weakness.LOST_IGNORED && !killed.contains(id)) {
            throw new Violation("rows lost: transaction " + id + " is gone, and nobody outside removed it");
        }
        return weakness == Weakness.LOST_IGNORED ? Outcome.COMMITTED : Outcome.LOST;
    }

    private Object marker(Id id) {
        return weakness == Weakness.MARKER_WITHOUT_RUN
                ? List.of(id.sinkId(), id.epoch().epoch(), id.writer())
                : id;
    }

    /** A timeout or an operator removes a transaction. */
    void killOne() {
        List<Id> ours = open.keySet().stream()
                .filter(id -> !id.sinkId().startsWith("other"))
                .filter(id -> isPrepared(id))
                .toList();
        if (!ours.isEmpty()) {
            Id id = ours.get(chaos.below(ours.size()));
            open.remove(id);
            killed.add(id);
            chaos.note(() -> "somebody removes transaction " + id);
        }
    }

    private boolean isPrepared(Id id) {
        Content content = open.get(id);
        return content != null && content.prepared;
    }

    int[] visible(String sinkId) {
        int[] counts = visible.get(sinkId);
        if (counts == null) {
            throw new IllegalStateException("no such sink: " + sinkId);
        }
        return counts;
    }

    void checkQuiet() {
        long left = open.keySet().stream()
                .filter(id -> id.sinkId().startsWith("other"))
                .count();
        if (left != foreign) {
            throw new Violation("a foreign transaction was touched");
        }
        open.keySet().stream()
                .filter(id -> !id.sinkId().startsWith("other"))
                .findFirst()
                .ifPresent(id -> {
                    throw new Violation("transaction " + id + " was left behind");
                });
    }
}
