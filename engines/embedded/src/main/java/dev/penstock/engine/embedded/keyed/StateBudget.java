package dev.penstock.engine.embedded.keyed;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The memory that the states of all keyed steps of a pipeline may take together. Whoever takes more than its even part
 * while all take too much lets keys go that the store has.
 *
 * <p>Thread safe.
 */
public final class StateBudget implements AutoCloseable {
    private final long limit;
    private final Runnable sealSoon;
    private final int dueAtOnce;
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * A budget of {@code bytes}.
     *
     * @param sealSoon asks for an epoch before its time, since only what is durable can leave memory; called by any
     *     thread, more often than is needed
     */
    public StateBudget(long bytes, Runnable sealSoon) {
        this(bytes, ColdKeys.DUE_AT_ONCE, sealSoon);
    }

    /** As the other, taking so many keys into memory at once when their timers are due. */
    StateBudget(long bytes, int dueAtOnce, Runnable sealSoon) {
        this.limit = bytes;
        this.dueAtOnce = dueAtOnce;
        this.sealSoon = requireNonNull(sealSoon, "sealSoon");
    }

    /** How many keys come into memory at once when their timers are due. */
    int dueAtOnce() {
        return dueAtOnce;
    }

    /** No limit. */
    public static StateBudget unlimited() {
        return new StateBudget(Long.MAX_VALUE, () -> {});
    }

    /** Lets those go who wait for an epoch to become durable: none will. */
    @Override
    public void close() {
        closed = true;
        shares.forEach(Share::wake);
    }

    /** The part of one stage. */
    Share share() {
        Share share = new Share();
        shares.add(share);
        return share;
    }

    /** What one stage takes. */
    final class Share {
        private volatile long bytes;

        /** Tells how much the stage takes now. */
        void update(long newBytes) {
            bytes = newBytes;
        }

        /** Whether the stage takes more than it should. */
        boolean isFull() {
            return target() != Long.MAX_VALUE;
        }

        /** How much the stage should take, if that is less than what it takes. */
        long target() {
            if (limit == Long.MAX_VALUE) {
                return Long.MAX_VALUE;
            }
            long others = -bytes;
            for (Share share : shares) {
                others += share.bytes;
            }
            long left = Math.max(limit - others, limit / shares.size());
            return bytes > left ? left - left / 16 : Long.MAX_VALUE;
        }

        /** Whether the stage takes half as much again as it should, so that more rows must wait. */
        boolean isExhausted() {
            long target = target();
            return !closed && target != Long.MAX_VALUE && bytes > target + target / 2;
        }

        void sealSoon() {
            sealSoon.run();
        }

        /** Waits until {@link #wake}, for a moment at most; the caller looks again at what it waits for. */
        @SuppressWarnings("WaitNotInLoop")
        synchronized void await() throws InterruptedException {
            if (!closed) {
                wait(100);
            }
        }

        synchronized void wake() {
            notifyAll();
        }

        /** The stage is no more. */
        void close() {
            shares.remove(this);
        }
    }
}
