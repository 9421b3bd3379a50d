package dev.penstock.dataflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.operator.BatchOperator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Order, bound, failure and timeout of asynchronous steps. */
@Timeout(30)
final class AsyncMapTest {
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Map<String, CompletableFuture<String>> begun = new ConcurrentHashMap<>();
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void closePool() {
        pool.shutdownNow();
    }

    @Test
    void orderedResultsComeInTheOrderOfItems() {
        assertThat(apply(this::outOfOrder, AsyncOptions.ordered(2), "a", "b", "c"))
                .containsExactly("A", "B", "C");
    }

    @Test
    void unorderedResultsComeAsTheyAreDone() {
        assertThat(apply(this::outOfOrder, AsyncOptions.unordered(2), "a", "b", "c"))
                .containsExactly("B", "A", "C");
    }

    @Test
    void noMoreItemsAreUnderWayThanAllowed() {
        List<Object> results = apply(this::counted, AsyncOptions.ordered(2), "a", "b", "c", "d", "e");

        assertThat(results).containsExactly("A", "B", "C", "D", "E");
        assertThat(most).hasValueBetween(1, 2);
    }

    @Test
    void failuresNameItemAndStepAndGiveUpTheOthers() {
        begun.put("a", new CompletableFuture<>());
        begun.put("b", CompletableFuture.failedFuture(new IllegalStateException("down")));

        assertThatThrownBy(() -> apply(begun::get, AsyncOptions.ordered(2), "a", "b"))
                .hasMessage("Cannot map item 'b' in step 'async': java.lang.IllegalStateException: down; see the cause")
                .hasRootCauseMessage("down");
        assertThat(begun.get("a")).isCancelled();
    }

    @Test
    void itemsThatTakeTooLongStopThePipeline() {
        begun.put("a", new CompletableFuture<>());

        assertThatThrownBy(() -> apply(begun::get, AsyncOptions.ordered(1).within(Duration.ofMillis(5)), "a"))
                .hasMessage("Cannot map item 'a' in step 'async': there was no result within PT0.005S; give it more"
                        + " time, or have fewer items under way");
    }

    @Test
    void nullsAreRefused() {
        CompletableFuture<String> nothing = new CompletableFuture<>();
        nothing.complete(null);
        begun.put("a", nothing);

        assertThatThrownBy(() -> apply(begun::get, AsyncOptions.ordered(1), "a"))
                .hasMessageContaining("null from the function of step 'async'");
    }

    @Test
    void interruptsEndTheWait() {
        begun.put("a", new CompletableFuture<>());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> apply(begun::get, AsyncOptions.ordered(1), "a"))
                .hasMessageContaining("the pipeline was stopped");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void senselessOptionsAreRefused() {
        assertThatThrownBy(() -> AsyncOptions.ordered(0))
                .hasMessage("Cannot have 0 items under way: nothing would ever begin; give 1 or more");
        assertThatThrownBy(() -> AsyncOptions.ordered(1).within(Duration.ZERO))
                .hasMessage("Cannot wait 'PT0S' for an item: it is not positive; give a longer time");
    }

    /** Item a is done when c begins, the others at once; of two under way, b is done first, then a, then c. */
    private CompletionStage<String> outOfOrder(String item) {
        if (item.equals("a")) {
            return first;
        }
        if (item.equals("c")) {
            first.complete("A");
        }
        return CompletableFuture.completedFuture(upper(item));
    }

    private CompletionStage<String> counted(String item) {
        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        return CompletableFuture.supplyAsync(
                () -> {
                    underWay.decrementAndGet();
                    return upper(item);
                },
                pool);
    }

    private static String upper(String item) {
        return item.toUpperCase(Locale.ROOT);
    }

    private static List<Object> apply(
            Function<String, CompletionStage<String>> function, AsyncOptions options, Object... items) {
        List<Object> results = new ArrayList<>();
        BatchOperator operator = new AsyncMap<>(function, options, "async");
        operator.apply(ItemSource.batch(List.of(items)), (output, batch) -> results.addAll(ItemSink.items(batch)));
        return results;
    }
}
