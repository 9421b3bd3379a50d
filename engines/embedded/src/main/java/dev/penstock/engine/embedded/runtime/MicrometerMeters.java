package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;

/** Measurements in a Micrometer registry, tagged with the pipeline and the step; gone from it after the run. */
final class MicrometerMeters implements Meters {
    private final MeterRegistry registry;
    private final String pipeline;
    private final Queue<Meter> registered = new ConcurrentLinkedQueue<>();

    MicrometerMeters(MeterRegistry registry, String pipeline) {
        this.registry = registry;
        this.pipeline = pipeline;
    }

    private Tags tags(String stepId) {
        Tags tags = Tags.of("pipeline", pipeline);
        return stepId.isEmpty() ? tags : tags.and("step", stepId);
    }

    @Override
    public void observe(Counters counters) {
        count("penstock.epochs", "", counters, all -> all.epochs.sum());
        count("penstock.restarts", "", counters, all -> all.restarts.sum());
        count("penstock.retries", "", counters, all -> all.retries.sum());
        count("penstock.dead.letters", "", counters, all -> all.deadLetters.sum());
        Metrics engine = of("");
        engine.gauge("penstock.partitions", counters.partitions::get);
        engine.gauge("penstock.queue.bytes", counters::queueBytes);
        engine.gauge("penstock.lag.seconds", counters::lagSeconds);
        counters.steps().forEach((stepId, step) -> {
            count("penstock.rows.in", stepId, step, one -> one.rowsIn.sum());
            count("penstock.rows.out", stepId, step, one -> one.rowsOut.sum());
            count("penstock.bytes.out", stepId, step, one -> one.bytesOut.sum());
            count("penstock.rows.rejected", stepId, step, one -> one.rejected.sum());
            count("penstock.rows.late", stepId, step, one -> one.late.sum());
        });
    }

    private <T> void count(String name, String stepId, T counted, ToDoubleFunction<T> value) {
        registered.add(
                FunctionCounter.builder(name, counted, value).tags(tags(stepId)).register(registry));
    }

    @Override
    public Metrics of(String stepId) {
        return new StepMetrics(tags(stepId));
    }

    private Timer timer(String name, Tags tags) {
        Timer timer = Timer.builder(name).tags(tags).register(registry);
        registered.add(timer);
        return timer;
    }

    @Override
    public void close() {
        for (Meter meter = registered.poll(); meter != null; meter = registered.poll()) {
            registry.remove(meter);
        }
    }

    private final class StepMetrics implements Metrics {
        private final Tags tags;

        StepMetrics(Tags tags) {
            this.tags = tags;
        }

        @Override
        public LongConsumer counter(String name) {
            Counter counter = Counter.builder(name).tags(tags).register(registry);
            registered.add(counter);
            return counter::increment;
        }

        @Override
        public void gauge(String name, DoubleSupplier value) {
            registered.add(Gauge.builder(name, value::getAsDouble).tags(tags).register(registry));
        }

        @Override
        public Metrics.Timer timer(String name) {
            return MicrometerMeters.this.timer(name, tags)::record;
        }
    }
}
