package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.BatchOperator;
import dev.penstock.dataflow.operator.BatchOutput;
import dev.penstock.dataflow.operator.FunctionContext;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Enriches items with values of the outside, which each worker keeps for a while. */
record EnrichCached<K, C, T, R>(
        Function<? super K, ? extends C> getter,
        BiFunction<? super Function<K, C>, ? super T, ? extends R> mapper,
        CacheOptions options,
        InstantSource clock) {
    EnrichCached {
        requireNonNull(getter, "getter");
        requireNonNull(mapper, "mapper");
        requireNonNull(options, "options");
    }

    EnrichCached(
            Function<? super K, ? extends C> getter,
            BiFunction<? super Function<K, C>, ? super T, ? extends R> mapper,
            CacheOptions options) {
        this(getter, mapper, options, InstantSource.system());
    }

    BatchOperator operator(FunctionContext context) {
        return new Operator(context.stepId());
    }

    private record Kept<C>(C value, Instant since) {}

    private final class Operator implements BatchOperator {
        private final String step;
        private final Map<K, Kept<C>> cache;
        private Instant now = Instant.MIN;

        Operator(String step) {
            this.step = step;
            this.cache = new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<K, Kept<C>> eldest) {
                    return size() > options.maxEntries();
                }
            };
        }

        @Override
        public void apply(RecordBatch batch, BatchOutput out) {
            now = clock.instant();
            T[] items = Items.of(batch);
            Object[] results = new Object[items.length];
            for (int i = 0; i < items.length; i++) {
                results[i] = ItemLoops.notNull(mapper.apply((Function<K, C>) this::look, items[i]), step);
            }
            out.emit(0, Items.replaced(batch, results));
        }

        private C look(K key) {
            Kept<C> kept = cache.get(key);
            if (kept != null && Duration.between(kept.since, now).compareTo(options.timeToLive()) <= 0) {
                return kept.value;
            }
            C value = getter.apply(key);
            cache.put(key, new Kept<>(value, now));
            return value;
        }
    }
}
