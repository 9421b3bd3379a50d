package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.AsyncOptions;
import dev.penstock.dataflow.flow.Branch;
import dev.penstock.dataflow.flow.CacheOptions;
import dev.penstock.dataflow.flow.KeyType;
import dev.penstock.dataflow.flow.KeyedStream;
import dev.penstock.dataflow.flow.RowStream;
import dev.penstock.dataflow.flow.Stream;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Uses of all operators without memory. */
final class StatelessUses {
    private static final Schema COLUMNS = Schema.of(Field.required("text", DataType.STRING));

    private StatelessUses() {}

    static final List<OperatorUse> OF_STREAMS = List.of(
            OperatorUse.of("Stream.map", (in, ends) -> ends.texts(in.map(ends.step(), Reading::toString))),
            OperatorUse.of(
                    "Stream.flatMap",
                    (in, ends) -> ends.texts(in.flatMap(ends.step(), item -> List.of(item + " x", item + " y")))),
            OperatorUse.of(
                    "Stream.flatMapBatch",
                    (in, ends) -> ends.texts(in.flatMapBatch(
                            ends.step(),
                            items -> items.stream().map(Reading::toString).toList()))),
            OperatorUse.of(
                    "Stream.flatten",
                    (in, ends) -> ends.texts(Stream.flatten(
                            ends.step(), in.map(ends.step() + "-lists", item -> List.of(item.toString()))))),
            OperatorUse.of(
                    "Stream.filter", (in, ends) -> ends.texts(text(in.filter(ends.step(), StatelessUses::odd), ends))),
            OperatorUse.of(
                    "Stream.filterMap",
                    (in, ends) -> ends.texts(in.filterMap(
                            ends.step(), item -> odd(item) ? Optional.of(item.toString()) : Optional.empty()))),
            OperatorUse.of("Stream.branch", (in, ends) -> {
                Branch<Reading> branch = in.branch(ends.step(), StatelessUses::odd);
                ends.texts(text(branch.falses(), ends));
            }),
            OperatorUse.of(
                    "Stream.merge",
                    (in, ends) ->
                            ends.unordered(in.merge(ends.step(), in.filter(ends.step() + "-odd", StatelessUses::odd)))),
            OperatorUse.of("Stream.redistribute", (in, ends) -> ends.unordered(in.redistribute(ends.step()))),
            OperatorUse.of("Stream.inspect", (in, ends) -> ends.texts(text(in.inspect(ends.step(), item -> {}), ends))),
            OperatorUse.of(
                    "Stream.raises",
                    (in, ends) ->
                            in.filter(ends.step() + "-none", item -> false).raises(ends.step())),
            OperatorUse.of(
                    "Stream.enrichCached",
                    (in, ends) -> ends.texts(in.<String, String, String>enrichCached(
                            ends.step(),
                            sensor -> "of " + sensor,
                            (cache, item) -> item + " " + cache.apply(item.sensor()),
                            CacheOptions.keeping(2)))),
            OperatorUse.of(
                    "Stream.mapAsync",
                    (in, ends) -> ends.texts(in.mapAsync(
                            ends.step(),
                            item -> CompletableFuture.supplyAsync(item::toString),
                            AsyncOptions.ordered(4)))),
            OperatorUse.of(
                    "Stream.mapAsync",
                    (in, ends) -> ends.unordered(in.mapAsync(
                            ends.step(),
                            item -> CompletableFuture.supplyAsync(item::toString),
                            AsyncOptions.unordered(4)))),
            OperatorUse.of("Stream.keyBy", (in, ends) -> ends.keyed(in.keyBy(ends.step(), Reading::sensor))),
            OperatorUse.of(
                    "Stream.keyBy",
                    (in, ends) -> ends.unordered(in.keyBy(ends.step(), KeyType.int32(), Reading::number)
                            .countFinal(ends.step() + "-count")
                            .toStream(ends.step() + "-entries"))),
            OperatorUse.of("Stream.toRows", (in, ends) -> {
                RowStream rows = in.toRows(ends.step(), COLUMNS, (item, row) -> row.string(0, item.toString()));
                ends.texts(rows.map(ends.step() + "-back", columns -> row -> row.string(0)));
            }),
            OperatorUse.of(
                    "Stream.to",
                    (in, ends) -> in.to(ends.step(), ends.bed().<Reading>sink(ends.step(), Reading::sensor))),
            OperatorUse.of(
                    "Stream.then",
                    (in, ends) -> ends.texts(in.then(ends.step(), inner -> inner.map("text", Reading::toString)))));

    static final List<OperatorUse> OF_ROWS = List.of(
            OperatorUse.of(
                    "RowStream.map",
                    (in, ends) -> ends.texts(rows(in, ends).map(ends.step(), columns -> row -> row.string(0)))),
            OperatorUse.of(
                    "RowStream.items",
                    (in, ends) -> ends.texts(rows(in, ends)
                            .items(ends.step())
                            .map(ends.step() + "-text", row -> String.valueOf(row.get(0))))),
            OperatorUse.of(
                    "RowStream.transform",
                    (in, ends) -> ends.texts(rows(in, ends)
                            .transform(ends.step(), "filter", "text != 'a:3'")
                            .map(ends.step() + "-back", columns -> row -> row.string(0)))),
            OperatorUse.of(
                    "RowStream.merge",
                    (in, ends) -> ends.unordered(rows(in, ends)
                            .merge(
                                    ends.step(),
                                    in.toRows(ends.step() + "-other", COLUMNS, (item, row) -> row.string(0, "x")))
                            .map(ends.step() + "-back", columns -> row -> row.string(0)))),
            OperatorUse.of("RowStream.to", (in, ends) -> rows(in, ends).to(ends.step(), "null", Map.of())));

    private static RowStream rows(Stream<Reading> in, OperatorUse.Ends ends) {
        return in.toRows(ends.step() + "-rows", COLUMNS, (item, row) -> row.string(0, item.toString()));
    }

    static final List<OperatorUse> OF_KEYED_STREAMS = List.of(
            OperatorUse.of(
                    "KeyedStream.mapValues",
                    (in, ends) -> ends.keyed(by(in, ends).mapValues(ends.step(), Reading::number))),
            OperatorUse.of(
                    "KeyedStream.flatMapValues",
                    (in, ends) -> ends.keyed(by(in, ends).flatMapValues(ends.step(), item -> List.of(item, item)))),
            OperatorUse.of(
                    "KeyedStream.filterValues",
                    (in, ends) -> ends.keyed(by(in, ends).filterValues(ends.step(), StatelessUses::odd))),
            OperatorUse.of(
                    "KeyedStream.filterMapValues",
                    (in, ends) -> ends.keyed(by(in, ends)
                            .filterMapValues(
                                    ends.step(), item -> odd(item) ? Optional.of(item.number()) : Optional.empty()))),
            OperatorUse.of(
                    "KeyedStream.inspect", (in, ends) -> ends.keyed(by(in, ends).inspect(ends.step(), entry -> {}))),
            OperatorUse.of(
                    "KeyedStream.dropKey",
                    (in, ends) -> ends.texts(text(by(in, ends).dropKey(ends.step()), ends))),
            OperatorUse.of(
                    "KeyedStream.toStream",
                    (in, ends) -> ends.unordered(by(in, ends).toStream(ends.step()))),
            OperatorUse.of("KeyedStream.merge", (in, ends) -> {
                KeyedStream<String, Reading> keyed = by(in, ends);
                KeyedStream<String, Reading> odd = keyed.filterValues(ends.step() + "-odd", StatelessUses::odd);
                ends.unordered(keyed.merge(ends.step(), odd).dropKey(ends.step() + "-items"));
            }),
            OperatorUse.of(
                    "KeyedStream.to",
                    (in, ends) -> by(in, ends).to(ends.step(), ends.bed().sink(ends.step()))),
            OperatorUse.of(
                    "KeyedStream.then",
                    (in, ends) -> ends.keyed(
                            by(in, ends).then(ends.step(), inner -> inner.mapValues("number", Reading::number)))));

    /** The readings by sensor. */
    static KeyedStream<String, Reading> by(Stream<Reading> in, OperatorUse.Ends ends) {
        return in.keyBy(ends.step() + "-key", Reading::sensor);
    }

    private static Stream<String> text(Stream<Reading> in, OperatorUse.Ends ends) {
        return in.map(ends.step() + "-text", Reading::toString);
    }

    static boolean odd(Reading item) {
        return item.number() % 2 == 1;
    }
}
