package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.BatchOutput;
import dev.penstock.dataflow.operator.KeyContext;
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
public final class KeyedStage<S> implements AutoCloseable {
    private static final long MICROS_PER_MILLI = 1_000;

    private final KeyedStep<S> step;
    private final int worker;
    private final InstantSource clock;
    private final KeyedOperator<S> operator;
    private final KeyedState<S> state;
    private final StageMemory<S> memory;
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
        this.inputs = List.copyOf(inputs);
        this.worker = worker;
        this.clock = clock;
        this.operator = step.create();
        KeyIdentity identity = KeyIdentity.of(inputs, step.keyColumns());
        this.state = new KeyedState<>(step, identity);
        this.memory = new StageMemory<>(state);
        List<Schema> outputs = step.outputs(inputs);
        this.emitters = IntStream.range(0, outputs.size())
                .mapToObj(output -> new RowEmitter(outputs.get(output), batch -> handOn(downstream, output, batch)))
                .toList();
        this.context = new StageContext<>(state, emitters, downstream);
        this.groups = IntStream.range(0, inputs.size())
                .mapToObj(input -> new KeyRowGroups<S>(
                        input, identity, inputs.get(input), step.keyColumns().get(input)))
                .toList();
    }

    /**
     * Hands each of {@code workers}, all of one step, the keys that are its own, whatever the number of workers was
     * when they were sealed. Reads the state once.
     *
     * @return what the senders of the step have to know
     */
    public static RestoredWatermarks restore(RecoveryStore store, List<? extends KeyedStage<?>> workers) {
        return restore(store, StateBudget.unlimited(), workers);
    }

    /**
     * As {@link #restore(RecoveryStore, List)}; what does not fit into {@code budget} stays in the store, and is read
     * when it is needed.
     */
    public static RestoredWatermarks restore(
            RecoveryStore store, StateBudget budget, List<? extends KeyedStage<?>> workers) {
        List<KeyedStage<?>> all = List.copyOf(workers);
        String stepId = all.get(0).step.id();
        for (int index = 0; index < all.size(); index++) {
            all.get(index).begin();
            StageMemory<?> memory = all.get(index).memory;
            int worker = index;
            store.keyReader(stepId).ifPresent(reader -> memory.limit(budget, reader, worker, all.size()));
        }
        Map<RestoredWatermarks.Partition, Long> partitions = new HashMap<>();
        store.keyedState(stepId, (key, value) -> {
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

    private void begin() {
        state.live().restoredAt(clock.millis());
    }

    private void restoreWatermark(long micros) {
        keptWatermark = micros;
        context.watermark = micros;
    }

    private void restoreKey(byte[] key, byte[] value) {
        memory.restore(key, value);
    }

    /**
     * Rows of {@code input} have arrived, all of keys of this worker, with marks if {@link LateMarks} gave them some.
     * What is due by the wall clock comes before them.
     */
    public void rows(int input, RecordBatch batch) {
        memory.awaitRoom();
        context.now(clock.millis());
        if (nextClockMillis() <= context.nowMillis) {
            fireDue();
        }
        KeyRowGroups<S> grouped = groups.get(input);
        int count = grouped.group(LateMarks.read(batch, inputs.get(input)), state.live());
        for (int group = 0; group < count; group++) {
            KeyEntry<S> entry = grouped.entry(group);
            try {
                context.entry = entry;
                operator.onRows(grouped.rows(group, context.watermark), context);
            } catch (RuntimeException e) {
                throw failed(entry, e);
            }
            called(entry);
        }
        grouped.clear();
        flush();
        memory.trim();
    }

    /** No row with an event time before {@code watermark} is expected any more. One that goes back is passed over. */
    public void watermark(long watermark) {
        if (watermark > context.watermark) {
            context.now(clock.millis());
            state.expire(context.nowMillis);
            context.watermark = watermark;
            fire(TimeDomain.EVENT, watermark);
            flush();
            memory.trim();
        }
    }

    /** Lets the timers fire and the keys expire that are due by the wall clock. */
    public void advanceClock() {
        context.now(clock.millis());
        fireDue();
        flush();
        memory.trim();
    }

    private void fireDue() {
        state.expire(context.nowMillis);
        fire(TimeDomain.PROCESSING, context.processingTime);
    }

    /** When {@link #advanceClock} has something to do again, in milliseconds, or {@link Long#MAX_VALUE}. */
    public long nextClockMillis() {
        long timer = state.nextTimer();
        long timerMillis = timer == Long.MAX_VALUE ? timer : -Math.floorDiv(-timer, MICROS_PER_MILLI);
        return Math.min(timerMillis, state.nextExpiry());
    }

    private void fire(TimeDomain domain, long until) {
        for (TimerQueue.Due<S> due = state.poll(domain, until); due != null; due = state.poll(domain, until)) {
            fire(due);
        }
    }

    private void fire(TimerQueue.Due<S> due) {
        try {
            context.entry = due.entry();
            operator.onTimer(due.timer(), context);
        } catch (RuntimeException e) {
            throw failed(due.entry(), e);
        }
        called(due.entry());
    }

    /**
     * All inputs have come to their end: event-time timers fire, and each live key is told. Timers that are set on the
     * way stay for the next run, so that one that sets itself again does not go on for ever.
     */
    public void end() {
        context.now(clock.millis());
        state.expire(context.nowMillis);
        lastWatermark = context.watermark;
        context.watermark = Long.MAX_VALUE;
        state.live().beginLastTimers();
        fire(TimeDomain.EVENT, Long.MAX_VALUE);
        state.live().endLastTimers();
        if (operator.endsKeys()) {
            state.forEachInOrder(memory.durable(), this::end);
        }
        flush();
        memory.trim();
    }

    private void end(KeyEntry<S> entry) {
        try {
            context.entry = entry;
            operator.onEnd(context);
        } catch (RuntimeException e) {
            throw failed(entry, e);
        }
        called(entry);
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

    /** The oldest snapshot that was not yet durable has become so. Any thread. */
    public void durable() {
        memory.advance();
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

    /** How many rows came too late, since the last call. */
    public long takeLate() {
        return context.takeLate();
    }

    /** What it keeps. */
    public StageMeters meters() {
        return new StageMeters(state);
    }

    /** Frees what it reads the store with. */
    @Override
    public void close() {
        memory.close();
    }

    private void flush() {
        emitters.forEach(RowEmitter::flush);
    }

    private void called(KeyEntry<S> entry) {
        context.entry = null;
        state.settle(entry);
    }

    private RuntimeException failed(KeyEntry<S> entry, RuntimeException cause) {
        context.entry = null;
        if (cause instanceof ConnectorException || cause == passing) {
            return cause;
        }
        return new FatalException(
                "Cannot process key " + KeyIdentity.key(entry.id) + " in step '" + step.id() + "': " + cause
                        + "; mend the step, then run again",
                cause);
    }
}
