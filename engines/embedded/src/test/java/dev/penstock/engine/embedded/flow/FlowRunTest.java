package dev.penstock.engine.embedded.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.flow.AsyncOptions;
import dev.penstock.dataflow.flow.Branch;
import dev.penstock.dataflow.flow.CacheOptions;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.dataflow.flow.Stream;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.engine.embedded.EmbeddedEngine;
import dev.penstock.engine.embedded.RunReport;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flows without memory on the engine. */
@Timeout(60)
final class FlowRunTest {
    private final Flow flow = Flow.named("flow").withoutCheckpoint();
    private final List<Object> out = Collections.synchronizedList(new ArrayList<>());

    private static RunReport run(Flow flow) {
        return EmbeddedEngine.of(flow.plan()).run();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void stepsBehindEachOther(int workers) {
        flow.workers(workers)
                .read("in", ItemSource.range(0, 10_000))
                .map("double", number -> number * 2)
                .filter("fours", number -> number % 4 == 0)
                .filterMap("halves", number -> number < 100 ? Optional.empty() : Optional.of(number / 2))
                .flatMap("signs", number -> List.of(number, -number))
                .flatMapBatch("batch", batch -> batch)
                .to("out", ItemSink.collecting(out));

        run(flow);

        List<Object> expected = new ArrayList<>();
        for (long number = 50; number < 10_000; number++) {
            if (number % 2 == 0) {
                expected.add(number);
                expected.add(-number);
            }
        }
        assertThat(out).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void branchesAndMerges(int workers) {
        Branch<Long> branch =
                flow.workers(workers).read("in", ItemSource.range(0, 100)).branch("even", number -> number % 2 == 0);
        Stream<String> evens = branch.trues().map("evens", number -> "even " + number);
        Stream<String> odds = branch.falses().map("odds", number -> "odd " + number);
        evens.merge("both", odds).to("out", ItemSink.collecting(out));
        branch.falses().map("again", number -> "again " + number).to("more", ItemSink.collecting(out));

        run(flow);

        assertThat(out).hasSize(150).contains("even 0", "odd 1", "again 1", "even 98", "again 99");
    }

    @Test
    void redistributeGivesEveryWorkerItsShare() {
        Set<Integer> workers = ConcurrentHashMap.newKeySet();
        flow.workers(3)
                .runtime(RuntimeSettings.DEFAULT.withBatchRows(10).withWorkers(3))
                .read("in", ItemSource.range(0, 1_000))
                .redistribute("spread")
                .inspect("look", (step, item, epoch, worker) -> workers.add(worker))
                .to("out", ItemSink.collecting(out));

        run(flow);

        assertThat(out).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(workers).containsExactlyInAnyOrder(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void failuresNameTheStepAndTheItemsBehindThemAreNotWritten(int workers) {
        flow.workers(workers)
                .runtime(RuntimeSettings.DEFAULT.withBatchRows(1).withWorkers(workers))
                .read("in", ItemSource.of("1", "2", "boom"))
                .map("parse", Integer::valueOf)
                .to("out", ItemSink.collecting(out));

        assertThatThrownBy(() -> run(flow))
                .hasMessageContaining("'parse'")
                .hasRootCauseInstanceOf(NumberFormatException.class);
        assertThat(out.size()).isLessThan(3);
    }

    @Test
    void raisesStopsThePipeline() {
        flow.read("in", ItemSource.of("a")).raises("none");

        assertThatThrownBy(() -> run(flow)).hasStackTraceContaining("step 'none' expects none");
    }

    @Test
    void flowsThatOnlyLookRunToTheirEnd() {
        flow.read("in", ItemSource.of("a", "b"))
                .inspect(
                        "look",
                        (step, item, epoch, worker) -> out.add(step + " " + item + " @" + epoch + " W" + worker));

        run(flow);

        assertThat(out).containsExactly("look a @1 W0", "look b @1 W0");
    }

    @Test
    void laterRunsGoOnBehindTheEarlierOnes(@TempDir Path directory) {
        List<String> lines = new ArrayList<>(List.of("a", "b"));
        flow.checkpoint(Duration.ofMillis(50), directory)
                .read("in", ItemSource.of(lines))
                .to("out", ItemSink.collecting(out));
        run(flow);
        lines.add("c");
        run(flow);

        assertThat(out).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void asynchronousStepsHaveSeveralItemsUnderWay(int workers) {
        CountDownLatch bothBegan = new CountDownLatch(2);
        flow.workers(workers)
                .read("in", ItemSource.of(1, 2, 3))
                .mapAsync(
                        "async",
                        number -> CompletableFuture.supplyAsync(() -> {
                            bothBegan.countDown();
                            return await(bothBegan) ? number * 10 : -1;
                        }),
                        AsyncOptions.ordered(2))
                .to("out", ItemSink.collecting(out));

        run(flow);

        assertThat(out).containsExactly(10, 20, 30);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void cachesKeepWhatWasLookedUp() {
        List<Integer> asked = Collections.synchronizedList(new ArrayList<>());
        flow.read("in", ItemSource.of(1, 2, 1, 2))
                .enrichCached(
                        "name",
                        (Integer key) -> {
                            asked.add(key);
                            return "name of " + key;
                        },
                        (cache, item) -> cache.apply(item),
                        CacheOptions.keeping(10))
                .to("out", ItemSink.collecting(out));

        run(flow);

        assertThat(asked).containsExactly(1, 2);
        assertThat(out).containsExactly("name of 1", "name of 2", "name of 1", "name of 2");
    }

    @Test
    void connectorsGiveAndTakeRows() {
        Schema columns = Schema.of(Field.of("id", DataType.INT64), Field.of("text", DataType.STRING));
        flow.read("in", "generate", Map.of("rows", 10), fields -> row -> row.longValue(0))
                .toRows("rows", columns, (id, row) -> row.longValue(0, id).string(1, "row " + id))
                .transform("late", "filter", "id >= 7 && text.startsWith('row')")
                .items("items")
                .map("text", row -> row.get("text"))
                .to("out", ItemSink.collecting(out));

        RunReport report = run(flow);

        assertThat(out).containsExactly("row 7", "row 8", "row 9");
        assertThat(report.totals().steps()).containsKeys("in.items", "rows", "late");
    }

    @Test
    void nestedStepsAreCountedUnderTheirFullIds() {
        flow.read("in", ItemSource.of(1, 2))
                .then("outer", stream -> stream.map("inner", number -> number + 1))
                .to("out", ItemSink.collecting(out));

        RunReport report = run(flow);

        assertThat(out).containsExactly(2, 3);
        assertThat(report.totals().steps()).containsKeys("outer.inner", "out");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void keyedStreamsKeepTheirKeys(int workers) {
        flow.workers(workers)
                .read("in", ItemSource.range(0, 100))
                .keyBy("mod", number -> "k" + number % 3)
                .mapValues("square", number -> number * number)
                .filterValues("large", number -> number >= 9_604)
                .to("out", ItemSink.collecting(out));

        run(flow);

        assertThat(out).containsExactlyInAnyOrder(Map.entry("k2", 9_604L), Map.entry("k0", 9_801L));
    }

    @Test
    void partitionsAreReadSideBySide() {
        Map<String, List<Integer>> lists = Map.of(
                "a",
                IntStream.range(0, 50).boxed().toList(),
                "b",
                IntStream.range(50, 100).boxed().toList());
        flow.workers(2).read("in", ItemSource.partitions(lists)).to("out", ItemSink.collecting(out));

        run(flow);

        assertThat(out).hasSize(100).doesNotHaveDuplicates();
    }
}
