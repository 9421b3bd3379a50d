package dev.penstock.engine.embedded.keyed;

import dev.penstock.engine.embedded.store.KeyReader;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the keys of a stage within its share of the budget: lets keys go that the store has, asks for an epoch when the
 * others are the most, and lets rows wait when even that is not enough.
 */
final class StageMemory<S> implements AutoCloseable {
    /** How many keys are restored between two looks at how much they take. */
    private static final int RESTORED_BETWEEN_LOOKS = 256;

    private static final int NEVER = -1;

    private final KeyedState<S> state;
    private final AtomicInteger durable = new AtomicInteger();
    private @Nullable Limited limited;
    private int restored;

    /** What there is if memory is limited. */
    private record Limited(StateBudget.Share share, ColdKeys cold, KeyReader reader) {}

    /** The first snapshot that must be durable before a key may go: what was dropped before it was not noted. */
    private int coolFrom = NEVER;

    /** The last durable snapshot when all went that could. */
    private int allGoneAt = NEVER;

    StageMemory(KeyedState<S> state) {
        this.state = state;
    }

    /** From now on the stage takes part in {@code budget}, as worker {@code worker} of {@code workers}. */
    void limit(StateBudget budget, KeyReader reader, int worker, int workers) {
        ColdKeys cold = new ColdKeys(reader, worker, workers, budget.dueAtOnce());
        limited = new Limited(budget.share(), cold, reader);
        state.live().useStore(cold);
    }

    /** One more snapshot is durable. Any thread. */
    void advance() {
        durable.incrementAndGet();
        Limited limit = limited;
        if (limit != null) {
            limit.share().wake();
        }
    }

    /** The last snapshot that is durable. */
    int durable() {
        return durable.get();
    }

    /** Takes what the store has of a key, into memory as long as there is room. */
    void restore(byte[] key, byte[] value) {
        Limited limit = limited;
        if (limit != null && restored++ % RESTORED_BETWEEN_LOOKS == 0) {
            limit.share().update(state.live().bytes());
            if (limit.share().target() < Long.MAX_VALUE) {
                noteDrops(limit, 0);
            }
        }
        if (limit != null && limit.share().isFull()) {
            state.restoreCold(key, value, limit.cold());
        } else {
            state.restore(key, value);
        }
    }

    private void noteDrops(Limited limit, int from) {
        if (coolFrom == NEVER) {
            limit.cold().noteDrops();
            coolFrom = from;
        }
    }

    /** Lets keys go if there are too many. */
    void trim() {
        Limited limit = limited;
        if (limit == null) {
            return;
        }
        int last = durable.get();
        limit.cold().durable(last);
        limit.share().update(state.live().bytes());
        long target = limit.share().target();
        if (target == Long.MAX_VALUE) {
            return;
        }
        noteDrops(limit, state.snapshots() + 1);
        if (last >= coolFrom && last != allGoneAt) {
            allGoneAt = state.live().shrink(target, last) ? NEVER : last;
            limit.share().update(state.live().bytes());
        }
        if (limit.share().isFull() && state.snapshots() == last) {
            limit.share().sealSoon();
        }
    }

    /** Waits as long as there is far too much in memory and an epoch on its way that lets it go. */
    void awaitRoom() {
        Limited limit = limited;
        if (limit == null) {
            return;
        }
        try {
            while (limit.share().isExhausted() && state.snapshots() > durable.get()) {
                limit.share().await();
                trim();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Limited limit = limited;
        limited = null;
        if (limit != null) {
            limit.share().close();
            limit.reader().close();
        }
    }
}
