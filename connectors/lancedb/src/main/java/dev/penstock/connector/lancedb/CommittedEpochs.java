package dev.penstock.connector.lancedb;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The last epoch of each run that is committed; all before it are too, because epochs are committed in order. Every
 * commit of a sink carries this on, so that the newest of them is enough to know all.
 */
final class CommittedEpochs {
    /** More incarnations than can have epochs that are still asked for. */
    private static final int MAX_RUNS = 64;

    private final Map<String, Long> lastByRun = new LinkedHashMap<>();

    /** Whether something of the epoch of {@code id}, or of a later one, is committed. */
    boolean reach(HandleId id) {
        return lastByRun.getOrDefault(id.run(), -1L) >= id.epoch();
    }

    /** Whether a later epoch than that of {@code id} is committed, and so all of its own is. */
    boolean isPast(HandleId id) {
        return lastByRun.getOrDefault(id.run(), -1L) > id.epoch();
    }

    void add(String run, long epoch) {
        Long before = lastByRun.remove(run);
        lastByRun.put(run, before == null ? epoch : Math.max(before, epoch));
        Iterator<String> oldest = lastByRun.keySet().iterator();
        while (lastByRun.size() > MAX_RUNS) {
            oldest.next();
            oldest.remove();
        }
    }

    void addAll(Collection<HandleId> ids) {
        ids.forEach(id -> add(id.run(), id.epoch()));
    }

    void addAll(CommittedEpochs others) {
        others.lastByRun.forEach(this::add);
    }

    CommittedEpochs plus(Collection<HandleId> ids) {
        CommittedEpochs more = new CommittedEpochs();
        more.addAll(this);
        more.addAll(ids);
        return more;
    }

    /** As it stands in a transaction: {@code run/epoch run/epoch}, the run that committed last at the end. */
    @Override
    public String toString() {
        return lastByRun.entrySet().stream()
                .map(entry -> entry.getKey() + "/" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    static CommittedEpochs parse(String text) {
        CommittedEpochs epochs = new CommittedEpochs();
        for (String part : text.split(" ", -1)) {
            int slash = part.lastIndexOf('/');
            if (slash > 0) {
                epochs.add(part.substring(0, slash), Long.parseLong(part.substring(slash + 1)));
            }
        }
        return epochs;
    }
}
