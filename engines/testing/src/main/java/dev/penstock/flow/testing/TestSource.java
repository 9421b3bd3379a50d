package dev.penstock.flow.testing;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Source;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Items of a test, with marks between them that end a run, abort it, or move the clock.
 *
 * <pre>{@code
 * TestSource<Integer> source = TestSource.of(0, 1, 2).abort().then(3, 4);
 * }</pre>
 *
 * <p>The position of a partition is the number of items and marks that were passed. The same source is to be given to
 * all runs of a flow: it knows which aborts and pauses have happened, and these happen once.
 *
 * <p><b>Threads:</b> written by one thread; items may be added while it is read if it is {@link #live}.
 *
 * @param <T> the items, never null
 */
public final class TestSource<T> implements ItemSource<T> {
    private static final String ONLY = "items";

    private final Map<String, Script<T>> partitions = new LinkedHashMap<>();
    private Script<T> current = new Script<>();
    private volatile int batch = Integer.MAX_VALUE;
    private volatile boolean live;
    private volatile Pace pace = Pace.FREE;
    private volatile Faults faults = new Faults();

    private TestSource() {}

    /** Gives {@code items} from one partition. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> TestSource<T> of(T... items) {
        return of(Arrays.asList(items));
    }

    /** As {@link #of(Object...)}. */
    public static <T> TestSource<T> of(List<? extends T> items) {
        return new TestSource<T>().partition(ONLY).then(items);
    }

    /** Gives the items of several partitions, by their names, each read on its own. */
    public static <T> TestSource<T> partitions(Map<String, ? extends List<? extends T>> items) {
        TestSource<T> source = new TestSource<>();
        items.forEach((name, list) -> source.partition(name).then(list));
        return source;
    }

    /** What is added from here on belongs to the partition {@code name}, which is new or goes on. */
    public TestSource<T> partition(String name) {
        requireNonNull(name, "name");
        synchronized (partitions) {
            current = partitions.computeIfAbsent(name, missing -> new Script<>());
        }
        return this;
    }

    /** Then gives {@code items}. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final TestSource<T> then(T... items) {
        return then(Arrays.asList(items));
    }

    /** As {@link #then(Object...)}. */
    public TestSource<T> then(List<? extends T> items) {
        current.add(items);
        return this;
    }

    /** Then the partition ends; the next run goes on behind this mark. */
    public TestSource<T> eof() {
        current.add(new Script.Eof<>());
        return this;
    }

    /**
     * Then the run ends without a snapshot, as if the process were killed, when the source comes here for the first
     * time. What was given before may have come anywhere by then; see {@link #abortWhen}.
     */
    public TestSource<T> abort() {
        return abortWhen(() -> true);
    }

    /** As {@link #abort}, as soon as {@code condition} holds, which is asked again and again. */
    public TestSource<T> abortWhen(BooleanSupplier condition) {
        current.add(new Script.Abort<>(requireNonNull(condition, "condition"), new AtomicBoolean()));
        return this;
    }

    /** Then {@code clock} is moved by {@code time}, once all items before are processed and durable. */
    public TestSource<T> pause(TestClock clock, Duration time) {
        current.add(new Script.Pause<>(requireNonNull(clock, "clock"), time, new AtomicBoolean()));
        return this;
    }

    /** Gives at most {@code items} in a batch. */
    public TestSource<T> batch(int items) {
        batch = items;
        return this;
    }

    /** Gives an item, and passes an abort, only once all items before it are durable: each is an epoch of its own. */
    public TestSource<T> anEpochAnItem() {
        pace = Pace.HELD;
        batch = 1;
        return this;
    }

    /** Does not end behind the last item but waits for more, until {@link #complete}. */
    public TestSource<T> live() {
        live = true;
        return this;
    }

    /** No more items will be added to a live source: it ends behind the last. */
    public void complete() {
        live = false;
    }

    /** Takes the partition {@code name} out of the list, as if it were removed at its origin. */
    public void remove(String name) {
        synchronized (partitions) {
            partitions.remove(name);
        }
    }

    @Override
    public Source create() {
        return new ScriptSource<>(this);
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.BOUNDED, Capability.UNBOUNDED, Capability.DISCOVERY, Capability.REPLAYABLE);
    }

    /** How many items and marks all partitions have. */
    public int size() {
        synchronized (partitions) {
            return partitions.values().stream().mapToInt(Script::size).sum();
        }
    }

    List<String> names() {
        synchronized (partitions) {
            return List.copyOf(partitions.keySet());
        }
    }

    /** The script of a partition, if it is not removed. */
    Optional<Script<T>> script(String name) {
        synchronized (partitions) {
            return Optional.ofNullable(partitions.get(name));
        }
    }

    boolean isLive() {
        return live;
    }

    boolean isHeld() {
        return pace == Pace.HELD;
    }

    int batch() {
        return batch;
    }

    Pace pace() {
        return pace;
    }

    Faults faults() {
        return faults;
    }

    /** How a tester has the items given, whatever the test has said. */
    void drive(int items, Pace wanted, Faults common) {
        batch = items;
        pace = wanted;
        faults = common;
    }
}
