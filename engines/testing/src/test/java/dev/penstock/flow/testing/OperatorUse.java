package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.KeyedStream;
import dev.penstock.dataflow.flow.Stream;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A use of a public method that adds a step, between a source of readings and a sink of its own.
 *
 * @param method its class and name
 * @param use adds it
 */
record OperatorUse(String method, BiConsumer<Stream<Reading>, Ends> use) {
    /** Where a use ends. */
    record Ends(Flow flow, TestBed bed, String step) {
        /** Texts that begin with the sensor, in whose order they must stay. */
        void texts(Stream<String> texts) {
            texts.to(step + "-out", bed.<String>sink(step, text -> text.split(":", 2)[0]));
        }

        /** Anything, in any order. */
        void unordered(Stream<?> items) {
            items.map(step + "-text", String::valueOf).to(step + "-out", bed.<String>sink(step));
        }

        /** Items that stay in the order of their key. */
        void keyed(KeyedStream<String, ?> items) {
            items.mapValues(step + "-text", String::valueOf)
                    .to(step + "-out", bed.<Map.Entry<String, String>>sink(step, Map.Entry::getKey));
        }
    }

    static OperatorUse of(String method, BiConsumer<Stream<Reading>, Ends> use) {
        return new OperatorUse(method, use);
    }

    /** The name of its step and of its sink. */
    String step(int index) {
        return method.toLowerCase(Locale.ROOT).replace('.', '-') + "-" + index;
    }
}
