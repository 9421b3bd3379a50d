package dev.penstock.dataflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.operator.BatchOperator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** When looked-up values are asked for again. */
final class EnrichCachedTest {
    private static final Instant START = Instant.parse("2022-01-01T00:00:00Z");

    private final List<String> asked = new ArrayList<>();
    private Instant now = START;
    private int clockCalls;

    @Test
    void asksOnceAKey() {
        BatchOperator operator = operator(CacheOptions.keeping(10));

        assertThat(apply(operator, "a", "b", "a")).containsExactly("a=1", "b=2", "a=1");
        assertThat(asked).containsExactly("a", "b");
    }

    @Test
    void asksAgainOnceAValueIsOlderThanItsTimeToLive() {
        BatchOperator operator = operator(CacheOptions.keeping(10).expiringAfter(Duration.ofSeconds(10)));
        apply(operator, "a");
        now = START.plusSeconds(10);
        assertThat(apply(operator, "a")).containsExactly("a=1");
        now = START.plusSeconds(10).plusNanos(1);
        assertThat(apply(operator, "a")).containsExactly("a=2");
    }

    @Test
    void looksAtTheClockOnceABatch() {
        apply(operator(CacheOptions.keeping(10).expiringAfter(Duration.ZERO)), "a", "b", "a");

        assertThat(clockCalls).isEqualTo(1);
        assertThat(asked).containsExactly("a", "b");
    }

    @Test
    void letsGoOfWhatWasNotUsedForTheLongestTime() {
        BatchOperator operator = operator(CacheOptions.keeping(2));
        apply(operator, "a", "b", "a", "c", "a", "b");

        assertThat(asked).containsExactly("a", "b", "c", "b");
    }

    @Test
    void refusesACacheWithoutRoom() {
        assertThatThrownBy(() -> CacheOptions.keeping(0))
                .hasMessage("Cannot keep 0 values: a cache has room for one at least; give 1 or more");
        assertThatThrownBy(() -> CacheOptions.keeping(1).expiringAfter(Duration.ofSeconds(-1)))
                .hasMessage("Cannot keep values for 'PT-1S': it is negative; give zero or more");
    }

    private BatchOperator operator(CacheOptions options) {
        EnrichCached<String, Integer, String, String> enrich =
                new EnrichCached<>(this::ask, EnrichCachedTest::join, options, this::tick);
        return enrich.operator(new StepContext("enrich"));
    }

    private Instant tick() {
        clockCalls++;
        return now;
    }

    private Integer ask(String key) {
        asked.add(key);
        return asked.size();
    }

    private static String join(Function<String, Integer> cache, String item) {
        return item + "=" + cache.apply(item);
    }

    private static List<Object> apply(BatchOperator operator, Object... items) {
        List<Object> results = new ArrayList<>();
        operator.apply(ItemSource.batch(List.of(items)), (output, batch) -> results.addAll(ItemSink.items(batch)));
        return results;
    }
}
