package dev.penstock.dataflow.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.window.WindowRun.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the cut into batches and the stops between them, windows are those of {@link WindowModel}. */
final class RandomWindowsTest {
    private static final int SEEDS = 150;
    private static final int ITEMS = 60;

    @ParameterizedTest
    @EnumSource(WindowModel.Kind.class)
    void areThoseOfTheModel(WindowModel.Kind kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int wait = random.nextInt(12);
            List<Item> items = items(random);
            WindowModel model = new WindowModel(kind, wait).of(items);
            WindowOptions options = WindowOptions.of(kind.windower(), TimeDomain.EVENT);
            WindowRun run = run(options, wait, items, random);
            assertThat(sorted(run.results)).as("results of seed %d", seed).isEqualTo(sorted(model.results));
            assertThat(run.late).as("late items of seed %d", seed).containsExactlyInAnyOrderElementsOf(model.late);
            assertThat(run.keys()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WindowModel.Kind.class,
            names = {"TUMBLING", "SLIDING", "SESSION"})
    void haveTheSameItemsInAnyOrder(WindowModel.Kind kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int wait = random.nextInt(12);
            List<Item> items = items(random);
            WindowModel model = new WindowModel(kind, wait).of(items);
            WindowOptions options =
                    WindowOptions.of(kind.windower(), TimeDomain.EVENT).withOrdered(false);
            WindowRun run = run(options, wait, items, random);
            assertThat(members(run.results)).as("windows of seed %d", seed).isEqualTo(members(model.results));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WindowModel.Kind.class,
            names = {"TUMBLING", "SLIDING"})
    void haveTheItemsThatTheAllowedLatenessLetsIn(WindowModel.Kind kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int wait = random.nextInt(5);
            int allowed = random.nextInt(10);
            List<Item> items = items(random);
            WindowModel model = new WindowModel(kind, wait).allowing(allowed).of(items);
            WindowOptions options = WindowOptions.of(kind.windower(), TimeDomain.EVENT)
                    .withOrdered(random.nextBoolean())
                    .withAllowedLateness(Duration.ofSeconds(allowed));
            WindowRun run = run(options, wait, items, random);
            assertThat(members(lastOfEach(run.results)))
                    .as("windows of seed %d", seed)
                    .isEqualTo(members(model.results));
            assertThat(run.late).as("late items of seed %d", seed).containsExactlyInAnyOrderElementsOf(model.late);
        }
    }

    @Test
    void doNotDependOnTheCutWhereLateItemsMergeSessions() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Item> items = items(random);
            WindowOptions options = WindowOptions.of(WindowModel.Kind.SESSION.windower(), TimeDomain.EVENT)
                    .withOrdered(random.nextBoolean())
                    .withAllowedLateness(Duration.ofSeconds(random.nextInt(15)));
            int wait = random.nextInt(4);
            WindowRun each = new WindowRun(options, new ListLogic(), Duration.ofSeconds(wait));
            items.forEach(item -> each.batch(List.of(item)));
            WindowRun cut = run(options, wait, items, random);
            assertThat(finals(cut)).as("sessions of seed %d", seed).isEqualTo(finals(each.end()));
            assertThat(cut.late).as("late items of seed %d", seed).containsExactlyInAnyOrderElementsOf(each.late);
        }
    }

    private static List<Item> items(Random random) {
        List<Item> items = new ArrayList<>();
        double now = -20;
        for (int i = 0; i < ITEMS; i++) {
            now += random.nextInt(4) * (random.nextInt(10) == 0 ? 8 : 1);
            String key = "k" + random.nextInt(3);
            items.add(WindowRun.item(key, now - random.nextInt(1 + random.nextInt(16)), "v" + i));
        }
        return items;
    }

    private static WindowRun run(WindowOptions options, int wait, List<Item> items, Random random) {
        WindowRun run = new WindowRun(options, new ListLogic(), Duration.ofSeconds(wait));
        int largest = 1 + random.nextInt(ITEMS);
        for (int from = 0; from < items.size(); ) {
            int to = Math.min(items.size(), from + 1 + random.nextInt(largest));
            run.batch(items.subList(from, to));
            if (largest < 4 || random.nextBoolean()) {
                run.restart();
            }
            from = to;
        }
        return run.end();
    }

    private static List<String> sorted(List<String> results) {
        return results.stream().sorted().toList();
    }

    /** Each window's items in the order of their names, without its id. */
    private static List<String> members(List<String> results) {
        return results.stream()
                .map(result -> {
                    String key = result.substring(0, result.indexOf(':'));
                    String items = result.substring(result.indexOf('[') + 1, result.indexOf(']'));
                    return key + List.of(items.split(", ")).stream().sorted().toList();
                })
                .sorted()
                .toList();
    }

    private static List<String> lastOfEach(List<String> results) {
        Map<String, String> last = new TreeMap<>();
        results.forEach(result -> last.put(result.substring(0, result.indexOf('[')), result));
        return List.copyOf(last.values());
    }

    /** The last result of each session that did not become part of another. */
    private static List<String> finals(WindowRun run) {
        Map<String, String> last = new TreeMap<>();
        run.results.forEach(result -> last.put(result.substring(0, result.indexOf('[')), result));
        for (String meta : run.meta) {
            int merged = meta.indexOf(" merged ");
            if (merged >= 0) {
                String key = meta.substring(0, meta.indexOf(':') + 1);
                String ids = meta.substring(meta.lastIndexOf('[') + 1, meta.lastIndexOf(']'));
                List.of(ids.split(", ")).forEach(id -> last.remove(key + id));
            }
        }
        return members(List.copyOf(last.values()));
    }
}
