package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.EmitMode;
import dev.penstock.dataflow.flow.Join;
import dev.penstock.dataflow.flow.Join2;
import dev.penstock.dataflow.flow.KeyedStream;
import dev.penstock.dataflow.flow.StatefulContext;
import dev.penstock.dataflow.flow.StatefulLogic;
import dev.penstock.dataflow.flow.Stream;
import dev.penstock.dataflow.flow.Until;
import dev.penstock.dataflow.flow.Update;
import dev.penstock.dataflow.operator.Timer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Uses of all operators with memory, windows apart. */
final class StatefulUses {
    private StatefulUses() {}

    static final List<OperatorUse> OF_KEYED_STREAMS = List.of(
            OperatorUse.of(
                    "KeyedStream.stateful",
                    (in, ends) -> ends.keyed(StatelessUses.by(in, ends).stateful(ends.step(), Waking::new))),
            OperatorUse.of(
                    "KeyedStream.statefulBatch",
                    (in, ends) -> ends.keyed(StatelessUses.by(in, ends)
                            .<Integer, Integer>statefulBatch(
                                    ends.step(),
                                    () -> (items, context) -> items.forEach(item -> {
                                        int sum = context.state().orElse(0) + item.number();
                                        context.put(sum);
                                        context.emit(sum);
                                    })))),
            OperatorUse.of(
                    "KeyedStream.statefulMap",
                    (in, ends) -> ends.keyed(StatelessUses.by(in, ends)
                            .<Integer, Integer>statefulMap(ends.step(), (sum, item) -> {
                                int next = sum.orElse(0) + item.number();
                                return Update.keep(next, next);
                            }))),
            OperatorUse.of(
                    "KeyedStream.statefulFlatMap",
                    (in, ends) -> ends.keyed(StatelessUses.by(in, ends)
                            .<List<Integer>, Integer>statefulFlatMap(ends.step(), (before, item) -> {
                                List<Integer> all = new ArrayList<>(before.orElse(List.of()));
                                all.add(item.number());
                                return all.size() == 3 ? Update.drop(all) : Update.keep(all, all);
                            }))),
            OperatorUse.of(
                    "KeyedStream.collect",
                    (in, ends) -> ends.keyed(StatelessUses.by(in, ends)
                            .mapValues(ends.step() + "-number", Reading::number)
                            .collect(ends.step(), Until.size(2)))),
            OperatorUse.of(
                    "KeyedStream.foldFinal",
                    (in, ends) -> ends.keyed(StatelessUses.by(in, ends)
                            .<Integer>foldFinal(ends.step(), () -> 0, (sum, item) -> sum + item.number()))),
            OperatorUse.of(
                    "KeyedStream.reduceFinal",
                    (in, ends) -> ends.keyed(StatelessUses.by(in, ends)
                            .mapValues(ends.step() + "-number", Reading::number)
                            .reduceFinal(ends.step(), Integer::sum))),
            OperatorUse.of(
                    "KeyedStream.countFinal",
                    (in, ends) -> ends.keyed(StatelessUses.by(in, ends).countFinal(ends.step()))),
            OperatorUse.of("Stream.countFinal", (in, ends) -> ends.keyed(in.countFinal(ends.step(), Reading::sensor))),
            OperatorUse.of(
                    "KeyedStream.maxFinal",
                    (in, ends) -> ends.keyed(
                            StatelessUses.by(in, ends).maxFinal(ends.step(), Comparator.comparing(Reading::second)))),
            OperatorUse.of(
                    "KeyedStream.minFinal",
                    (in, ends) -> ends.keyed(
                            StatelessUses.by(in, ends).minFinal(ends.step(), Comparator.comparing(Reading::second)))));

    static final List<OperatorUse> OF_JOINS = List.of(
            OperatorUse.of(
                    "Join2.as",
                    (in, ends) -> ends.keyed(pair(in, ends).as(ends.step(), (left, right) -> left + "+" + right))),
            OperatorUse.of(
                    "OuterJoin2.as",
                    (in, ends) -> ends.keyed(
                            pair(in, ends).emit(EmitMode.FINAL).as(ends.step(), (left, right) -> left + "+" + right))),
            OperatorUse.of(
                    "Join3.as",
                    (in, ends) -> ends.keyed(Join.of(side(in, ends, 1), side(in, ends, 2), side(in, ends, 3))
                            .as(ends.step(), (one, two, three) -> one + "+" + two + "+" + three))),
            OperatorUse.of(
                    "OuterJoin3.as",
                    (in, ends) -> ends.keyed(Join.of(side(in, ends, 1), side(in, ends, 2), side(in, ends, 3))
                            .emit(EmitMode.FINAL)
                            .as(ends.step(), (one, two, three) -> one + "+" + two + "+" + three))),
            OperatorUse.of(
                    "JoinAll.as",
                    (in, ends) -> ends.keyed(Join.all(List.of(side(in, ends, 1), side(in, ends, 2)))
                            .as(ends.step(), row -> row.sides().toString()))));

    private static Join2<String, Integer, Integer> pair(Stream<Reading> in, OperatorUse.Ends ends) {
        return Join.of(side(in, ends, 1), side(in, ends, 2));
    }

    /** The numbers that {@code divisor} divides, each with a key of its own: then no order between sides matters. */
    private static KeyedStream<String, Integer> side(Stream<Reading> in, OperatorUse.Ends ends, int divisor) {
        return in.filter(ends.step() + "-only-" + divisor, item -> item.number() % divisor == 0)
                .keyBy(ends.step() + "-by-" + divisor, item -> String.valueOf(item.number()))
                .mapValues(ends.step() + "-side-" + divisor, Reading::number);
    }

    /** Counts, and gives the count when a timer wakes it: at the end of the input, as nothing else moves its time. */
    private static final class Waking implements StatefulLogic<String, Reading, Integer, String> {
        private static final long SOME_DAY = 1_000_000L;

        @Override
        public void onItem(Reading item, StatefulContext<String, Integer, String> context) {
            context.put(context.state().orElse(0) + 1);
            context.setTimer(Timer.eventTime(SOME_DAY, 0));
            context.emit("item " + context.state().orElseThrow());
        }

        @Override
        public void onTimer(Timer timer, StatefulContext<String, Integer, String> context) {
            context.emit("timer after " + context.state().orElseThrow());
        }

        @Override
        public void onEnd(StatefulContext<String, Integer, String> context) {
            context.emit("end after " + context.state().orElseThrow());
            context.drop();
        }
    }
}
