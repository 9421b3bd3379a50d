package dev.penstock.connector.s3;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a look at the objects of a shard leaves to be done. */
final class WaitingObjects {
    static final WaitingObjects NONE = new WaitingObjects(List.of(), List.of());

    private final Deque<ObjectVersion> fresh;
    private final Deque<String> gone;

    private WaitingObjects(List<ObjectVersion> fresh, List<String> gone) {
        this.fresh = new ArrayDeque<>(fresh);
        this.gone = new ArrayDeque<>(gone);
    }

    /**
     * Compares what is there with what was read.
     *
     * @param refused versions of objects that could not be read
     */
    static WaitingObjects of(List<ObjectVersion> objects, ShardState state, Map<String, String> refused) {
        Set<String> there = new HashSet<>();
        List<ObjectVersion> fresh = new ArrayList<>();
        Optional<String> first = state.place().map(ShardState.Place::key);
        for (ObjectVersion object : objects) {
            there.add(object.key());
            boolean known = object.etag().equals(state.done().get(object.key()))
                    || object.etag().equals(refused.get(object.key()));
            if (!known && first.filter(object.key()::equals).isPresent()) {
                fresh.add(0, object);
            } else if (!known) {
                fresh.add(object);
            }
        }
        List<String> gone = new ArrayList<>(state.done().keySet());
        first.ifPresent(gone::add);
        gone.removeIf(there::contains);
        return new WaitingObjects(fresh, gone);
    }

    boolean isEmpty() {
        return fresh.isEmpty() && gone.isEmpty();
    }

    /** The next object to read, taken out; first the one that is being read. */
    Optional<ObjectVersion> next() {
        return Optional.ofNullable(fresh.poll());
    }

    /** The next key that was read and is no longer there, taken out. */
    Optional<String> nextGone() {
        return Optional.ofNullable(gone.poll());
    }
}
