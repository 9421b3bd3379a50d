package dev.penstock.connector.iceberg;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far each run is committed: the last epoch, with the writers of which it has work. All epochs before are committed
 * whole, because epochs are committed in order.
 *
 * <p>Immutable.
 */
final class CommittedEpochs {
    /** More incarnations than can have epochs that are still asked for. */
    private static final int MAX_RUNS = 64;

    static final CommittedEpochs NONE = new CommittedEpochs(Map.of());

    private final Map<String, Last> lastByRun;

    private CommittedEpochs(Map<String, Last> lastByRun) {
        this.lastByRun = lastByRun;
    }

    /** The last committed epoch of a run. */
    record Last(long epoch, Set<Integer> writers) {
        Last {
            writers = Set.copyOf(writers);
        }

        Last plus(HandleId id) {
            if (id.epoch() != epoch) {
                return id.epoch() > epoch ? new Last(id.epoch(), Set.of(id.writer())) : this;
            }
            Set<Integer> more = new TreeSet<>(writers);
            more.add(id.writer());
            return new Last(epoch, more);
        }
    }

    boolean hold(HandleId id) {
        Last last = lastByRun.get(id.run());
        return last != null
                && (last.epoch > id.epoch() || (last.epoch == id.epoch() && last.writers.contains(id.writer())));
    }

    CommittedEpochs plus(Collection<HandleId> ids) {
        Map<String, Last> more = new LinkedHashMap<>(lastByRun);
        for (HandleId id : ids) {
            Last before = more.remove(id.run());
            more.put(id.run(), before == null ? new Last(id.epoch(), Set.of(id.writer())) : before.plus(id));
        }
        Iterator<String> oldest = more.keySet().iterator();
        while (more.size() > MAX_RUNS) {
            oldest.next();
            oldest.remove();
        }
        return new CommittedEpochs(more);
    }

    /** By run, the one that committed last at the end. */
    Map<String, Last> byRun() {
        return new LinkedHashMap<>(lastByRun);
    }

    static CommittedEpochs of(Map<String, Last> lastByRun) {
        return new CommittedEpochs(new LinkedHashMap<>(lastByRun));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommittedEpochs that && lastByRun.equals(that.lastByRun);
    }

    @Override
    public int hashCode() {
        return lastByRun.hashCode();
    }

    @Override
    public String toString() {
        return lastByRun.toString();
    }
}
