package dev.penstock.flow.testing;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.dataflow.flow.ItemSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The outside of a flow under test: what it reads and where it writes. Lasts for all lives of the flow in one way;
 * asked for an end that it has given already, it gives the same again.
 */
public final class TestBed {
    private final Map<String, TestSource<?>> sources = new LinkedHashMap<>();
    private final Map<String, Collected<?>> sinks = new LinkedHashMap<>();
    private Driving driving = Driving.PLAIN;

    TestBed() {}

    /** A sink, and what must stay in order. */
    record Collected<T>(TestSink<T> sink, Function<? super T, ?> key) {
        Map<Object, List<Object>> results() {
            Map<Object, List<Object>> results = new LinkedHashMap<>();
            for (T item : sink.items()) {
                results.computeIfAbsent(key.apply(item), missing -> new ArrayList<>())
                        .add(item);
            }
            return results;
        }
    }

    /** A source of {@code items}, in one partition. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <T> ItemSource<T> source(String name, T... items) {
        return source(name, Arrays.asList(items));
    }

    /** A source of {@code items}, in one partition. */
    public <T> ItemSource<T> source(String name, List<? extends T> items) {
        return source(name, Map.of("items", items));
    }

    /** A source of several partitions, which are read independently of each other. */
    @SuppressWarnings("unchecked") // the flow asks for the same type in each life
    public <T> ItemSource<T> source(String name, Map<String, ? extends List<? extends T>> partitions) {
        TestSource<?> source = sources.computeIfAbsent(name, missing -> TestSource.<T>partitions(partitions));
        driving.drive(source);
        return (ItemSource<T>) source;
    }

    /** A sink whose items may come in any order. */
    public <T> ItemSink<T> sink(String name) {
        return sink(name, item -> item);
    }

    /** A sink in which items of equal {@code key} come in the same order in all ways. */
    @SuppressWarnings("unchecked") // the flow asks for the same type in each life
    public <T> ItemSink<T> sink(String name, Function<? super T, ?> key) {
        requireNonNull(key, "key");
        Collected<?> collected = sinks.computeIfAbsent(name, missing -> new Collected<T>(TestSink.exactlyOnce(), key));
        driving.drive(collected.sink());
        return (ItemSink<T>) collected.sink();
    }

    /** How all sources and sinks behave in the next life. */
    void drive(Driving wanted) {
        driving = wanted;
        sources.values().forEach(wanted::drive);
        sinks.values().forEach(collected -> wanted.drive(collected.sink()));
    }

    Map<String, Collected<?>> sinks() {
        return sinks;
    }
}
