package dev.penstock.dataflow.window;

import dev.penstock.dataflow.operator.StateCodec;
import java.util.ArrayList;
import java.util.List;

/** Collects values; of windows that merge, those of the earlier first. */
final class ListLogic implements WindowLogic<String, List<String>, Object> {
    @Override
    public List<String> first(int input, String value, WindowOutput<Object> out) {
        return new ArrayList<>(List.of(value));
    }

    @Override
    public List<String> add(List<String> list, int input, String value, WindowOutput<Object> out) {
        list.add(value);
        return list;
    }

    @Override
    public List<String> merge(List<String> earlier, List<String> later) {
        earlier.addAll(later);
        return earlier;
    }

    @Override
    public void close(List<String> list, WindowOutput<Object> out) {
        out.emit(List.copyOf(list));
    }

    @Override
    public boolean emitsWhenAdding() {
        return false;
    }

    @Override
    public StateCodec<List<String>> codec() {
        return StateCodec.ofList(StateCodec.ofString());
    }
}
