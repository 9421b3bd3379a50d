package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A step with memory whose inputs and only output are of the columns {@link Items#KEYED}.
 *
 * @param kind what it is called in graphs
 * @param inputs when the items of each input happened, for those where the step says it
 * @param operators makes an operator for each worker
 */
record ItemStep<S>(
        String id, String kind, State<S> state, List<Optional<EventTime>> inputs, Supplier<KeyedOperator<S>> operators)
        implements KeyedStep<S> {
    ItemStep {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(state, "state");
        inputs = List.copyOf(inputs);
        requireNonNull(operators, "operators");
    }

    /** A step that takes {@code inputs} and has one output. */
    static <S> ItemStep<S> of(
            String id, State<S> state, List<? extends KeyedStream<?, ?>> inputs, Supplier<KeyedOperator<S>> operators) {
        return new ItemStep<>(
                id,
                "stateful",
                state,
                inputs.stream().map(KeyedStream::eventTime).toList(),
                operators);
    }

    /** This step, called {@code name} in graphs. */
    ItemStep<S> as(String name) {
        return new ItemStep<>(id, name, state, inputs, operators);
    }

    @Override
    public List<List<String>> keyColumns() {
        return Collections.nCopies(inputs.size(), List.of(Items.KEY));
    }

    @Override
    public List<Schema> outputs(List<Schema> schemas) {
        return List.of(Items.KEYED);
    }

    @Override
    public Optional<EventTime> eventTime(int input) {
        return inputs.get(input);
    }

    @Override
    public StateCodec<S> codec() {
        return state.codec();
    }

    @Override
    public Optional<Duration> timeToLive() {
        return state.timeToLive();
    }

    @Override
    public KeyedOperator<S> create() {
        return operators.get();
    }
}
