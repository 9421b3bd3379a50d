package dev.penstock.engine.embedded.keyed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Brings together what the senders of a worker say: barriers are aligned, watermarks merged, ends counted.
 *
 * <p>Add the exchanges of all inputs to the inbox first, see {@link Exchange#connect}. <b>Threads:</b> the one of the
 * worker; {@link #wakeup} from any.
 */
public final class AlignedInput {
    private final Inbox inbox;
    private final List<Integer> inputs;
    private final BarrierAligner aligner;
    private final WatermarkMerger watermarks;
    private final Set<Integer> begun = new HashSet<>();
    private final Deque<StageEvent> due = new ArrayDeque<>();
    private boolean ended;

    /**
     * @param inbox with all its channels
     * @param inputs the input that each channel belongs to
     */
    AlignedInput(Inbox inbox, List<Integer> inputs) {
        this.inbox = inbox;
        this.inputs = new ArrayList<>(inputs);
        this.aligner = new BarrierAligner(inputs.size());
        this.watermarks = new WatermarkMerger(inputs.size());
    }

    /**
     * What to do next; empty if {@code maxWait} has passed or {@link #wakeup} was called, and after the end.
     *
     * @throws java.util.concurrent.CancellationException if the exchange was closed
     */
    public Optional<StageEvent> next(Duration maxWait) throws InterruptedException {
        long end = System.nanoTime() + maxWait.toNanos();
        while (due.isEmpty() && !ended) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            Optional<Inbox.Arrived> arrived = inbox.take(aligner::isBlocked, left);
            if (arrived.isEmpty()) {
                return Optional.empty();
            }
            accept(arrived.get().channel(), arrived.get().packet());
        }
        return Optional.ofNullable(due.poll());
    }

    private void accept(int channel, Packet packet) {
        if (packet instanceof Packet.Rows rows) {
            watermarks.active(channel);
            due.add(new StageEvent.Rows(inputs.get(channel), rows.batch(), rows.origin()));
        } else if (packet instanceof Packet.Barrier barrier) {
            addBarrier(aligner.barrier(channel, barrier.epoch()));
        } else if (packet instanceof Packet.Watermark watermark) {
            addWatermark(watermarks.watermark(channel, watermark.micros()));
        } else if (packet instanceof Packet.Time time) {
            addTime(channel, time.event());
        } else if (packet instanceof Packet.Idle) {
            boolean wasIdle = watermarks.isIdle();
            addWatermark(watermarks.idle(channel));
            addIdle(wasIdle);
        } else {
            end(channel);
        }
    }

    /** The start is over when it is for all: until then a sender may have partitions that nobody here knows of. */
    private void addTime(int channel, TimeEvent event) {
        if (event instanceof TimeEvent.Begun) {
            begun.add(channel);
            if (begun.size() < inputs.size()) {
                return;
            }
        }
        due.add(new StageEvent.Time(event));
    }

    private void addBarrier(OptionalLong epoch) {
        epoch.ifPresent(complete -> due.add(new StageEvent.Barrier(complete)));
    }

    private void addWatermark(boolean moved) {
        if (moved) {
            due.add(new StageEvent.Watermark(watermarks.merged()));
        }
    }

    private void addIdle(boolean wasIdle) {
        if (!wasIdle && watermarks.isIdle()) {
            due.add(new StageEvent.Idle());
        }
    }

    /** A channel that has ended holds neither barriers nor watermarks up. */
    private void end(int channel) {
        addBarrier(aligner.end(channel));
        if (aligner.isEnded()) {
            ended = true;
            due.add(new StageEvent.End());
        } else {
            addWatermark(watermarks.idle(channel));
        }
    }

    /** Lets {@link #next} return. */
    public void wakeup() {
        inbox.wakeup();
    }

    /** The bytes that wait. */
    public long queuedBytes() {
        return inbox.queuedBytes();
    }

    /**
     * Ends all waiting of the senders and of {@link #next} with a {@link java.util.concurrent.CancellationException}.
     */
    public void close() {
        inbox.close();
    }
}
