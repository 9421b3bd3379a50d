package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.BatchOutput;
import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyEncoder;
import dev.penstock.dataflow.operator.KeyHash;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.engine.embedded.store.RecoveryStore;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One worker of a step with memory: takes rows, watermarks and barriers as {@link AlignedInput} gives them, and emits
 * batches.
 *
 * <p><b>Order of calls:</b> {@code restore (rows | watermark | advanceClock | snapshot)* end? snapshot?}. What a call
 * emits has all been handed downstream when it returns, so a caller that then forwards the watermark or the barrier
 * keeps their order. <b>Threads:</b> one at a time.
 *
 * @param <S> the state of one key
 */
public final class KeyedStage<S> {
    private static final long MICROS_PER_MILLI = 1_000;

    private final KeyedStep<S> step;
    private final int worker;
    private final InstantSource clock;
    private final KeyedOperator<S> operator;
    private final KeyedState<S> state;
    private final List<RowEmitter> emitters;
    private final StageContext<S> context;
    private final List<KeyRowGroups<S>> groups;
    private final List<Schema> inputs;
    private long keptWatermark = KeyContext.NO_WATERMARK;
    private long lastWatermark = KeyContext.NO_WATERMARK;
    private @Nullable RuntimeException passing;

    /**
     * A worker without state.
     *
     * @param worker its index, from 0
     * @param inputs the columns of each input
     * @param downstream gets what is emitted by each output, on the calling thread
     */
    public KeyedStage(KeyedStep<S> step, int worker, List<Schema> inputs, InstantSource clock, BatchOutput downstream) {
        this.step = step;
        this.worker = worker;
        this.clock = clock;
        this.operator = step.create();
        this.state = new KeyedState<>(step);
        this.inputs = List.copyOf(inputs);
        List<Schema> outputs = step.outputs(inputs);
        this.emitters = IntStream.range(0, outputs.size())
                .mapToObj(output -> new RowEmitter(outputs.get(output), batch -> handOn(downstream, output, batch)))
                .toList();
        this.context = new StageContext<>(state, emitters);
        this.groups = IntStream.range(0, inputs.size())
                .mapToObj(input -> new KeyRowGroups<S>(
                        input,
                        new KeyEncoder(inputs.get(input), step.keyColumns().get(input))))
                .toList();
    }

    /**
     * Hands each of {@code workers}, all of one step, the keys that are its own, whatever the number of workers was
     * when they were sealed. Reads the state once.
     *
     * @return what the senders of the step have to know
     */
    public static RestoredWatermarks restore(RecoveryStore store, List<? extends KeyedStage<?>> workers) {
        Map<RestoredWatermarks.Partition, Long> partitions = new HashMap<>();
        List<KeyedStage<?>> all = List.copyOf(workers);
        store.keyedState(all.get(0).step.id(), (key, value) -> {
            if (ReservedKeys.isWatermark(key)) {
                all.forEach(worker -> worker.restoreWatermark(ReservedKeys.micros(value)));
            } else if (ReservedKeys.isPartition(key)) {
                partitions.put(ReservedKeys.partition(key), ReservedKeys.micros(value));
            } else {
                int owner = KeyHash.worker(KeyHash.of(key, 0, key.length), all.size());
                all.get(owner).restoreKey(key, value);
            }
        });
        return new RestoredWatermarks(partitions);
    }

    private void restoreWatermark(long micros) {
        keptWatermark = micros;
        context.watermark = micros;
    }

    private void restoreKey(byte[] key, byte[] value) {
        state.restore(key, value, clock.millis());
    }

    /**
     * Rows of {@code input} have arrived, all of keys of this worker, with marks if {@link LateMarks} gave them some.
     * What is due by the wall clock comes before them.
     */
    public void rows(int input, RecordBatch batch) {
        tick();
        if (nextClockMillis() <= context.nowMillis) {
            fireDue();
        }
        KeyRowGroups<S> grouped = groups.get(input);
        LateMarks.Read read = LateMarks.read(batch, inputs.get(input));
        for (KeyEntry<S> entry : grouped.group(read.batch(), state)) {
            call(entry, () -> operator.onRows(grouped.take(read, entry, context.watermark), context));
        }
        flush();
    }

    /** No row with an event time before {@code watermark} is expected any more. One that goes back is passed over. */
    public void watermark(long watermark) {
        if (watermark > context.watermark) {
            tick();
            context.watermark = watermark;
            fire(state.timers(TimeDomain.EVENT), timers -> timers.poll(watermark));
            flush();
        }
    }

    /** Lets the timers fire and the keys expire that are due by the wall clock. */
    public void advanceClock() {
        tick();
        fireDue();
        flush();
    }

    private void fireDue() {
        state.expire(context.nowMillis);
        fire(state.timers(TimeDomain.PROCESSING), timers -> timers.poll(context.processingTime));
    }

    /** When {@link #advanceClock} has something to do again, in milliseconds, or {@link Long#MAX_VALUE}. */
    public long nextClockMillis() {
        long timer = state.timers(TimeDomain.PROCESSING).next();
        long timerMillis = timer == Long.MAX_VALUE ? timer : -Math.floorDiv(-timer, MICROS_PER_MILLI);
        return Math.min(timerMillis, state.nextExpiry());
    }

    private void fire(TimerQueue<S> timers, Function<TimerQueue<S>, Optional<TimerQueue.Due<S>>> poll) {
        for (Optional<TimerQueue.Due<S>> due = poll.apply(timers); due.isPresent(); due = poll.apply(timers)) {
            TimerQueue.Due<S> next = due.get();
            state.markDirty(next.entry());
            call(next.entry(), () -> operator.onTimer(next.timer(), context));
        }
    }

    /**
     * All inputs have come to their end: the event-time timers fire, and each live key is told. Timers that are set on
     * the way do not fire any more, so that one that sets itself again does not go on for ever; they stay for the next
     * run.
     */
    public void end() {
        tick();
        lastWatermark = context.watermark;
        context.watermark = Long.MAX_VALUE;
        TimerQueue<S> timers = state.timers(TimeDomain.EVENT);
        long before = timers.added();
        fire(timers, queue -> queue.pollAddedBefore(before));
        timers.unpark();
        for (KeyEntry<S> entry : state.inOrder()) {
            call(entry, () -> operator.onEnd(context));
        }
        flush();
    }

    /** What has changed since the last snapshot: to be called at the barrier, and sealed with its epoch. */
    public KeyedSnapshot<S> snapshot() {
        KeyedSnapshot<S> snapshot = state.snapshot();
        long watermark = context.watermark == Long.MAX_VALUE ? lastWatermark : context.watermark;
        if (worker == 0 && watermark != keptWatermark) {
            snapshot.putWatermark(watermark);
            keptWatermark = watermark;
        }
        return snapshot;
    }

    /** A failure of a step behind is not one of this step, though it comes up in a call of its operator. */
    private void handOn(BatchOutput downstream, int output, RecordBatch batch) {
        try {
            downstream.emit(output, batch);
        } catch (RuntimeException e) {
            passing = e;
            throw e;
        }
    }

    /** The watermark, see {@link KeyContext#watermark}. */
    public long watermark() {
        return context.watermark;
    }

    /** How many keys are live. */
    public int keys() {
        return state.size();
    }

    private void flush() {
        emitters.forEach(RowEmitter::flush);
    }

    private void tick() {
        context.nowMillis = clock.millis();
        context.processingTime = context.nowMillis * MICROS_PER_MILLI;
    }

    private void call(KeyEntry<S> entry, Runnable callback) {
        context.entry = entry;
        try {
            callback.run();
        } catch (ConnectorException e) {
            throw e;
        } catch (RuntimeException e) {
            if (e == passing) {
                throw e;
            }
            throw new FatalException(
                    "Cannot process key " + entry.key + " in step '" + step.id() + "': " + e
                            + "; mend the step, then run again",
                    e);
        } finally {
            context.entry = null;
            state.settle(entry);
        }
    }
}
