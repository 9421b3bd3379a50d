package dev.penstock.conformance.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.reference.Frames.Request;
import dev.penstock.conformance.reference.MemoryServer.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What clients can ask of the tables of a {@link MemoryServer}. The first argument is always the name of the table;
 * lists and maps are texts with a line for each entry.
 */
final class TableVerbs {
    private final TableStore store;
    private final String writer;

    private TableVerbs(TableStore store, String writer) {
        this.store = store;
        this.writer = writer;
    }

    /** The verbs, each for {@code writer} alone: other users are let in and may do nothing. */
    static Map<String, Verb> of(TableStore store, String writer) {
        TableVerbs verbs = new TableVerbs(store, writer);
        Map<String, Verb> all = new TreeMap<>();
        all.put("table.describe", verbs.allowed(verbs::describe));
        all.put("table.create", verbs.allowed(verbs::create));
        all.put("table.drop", verbs.allowed(request -> done(() -> store.drop(request.text(0)))));
        all.put("table.alter", verbs.changing((table, request) -> table.alter(TableColumn.parse(request.text(1)))));
        all.put("table.claim", verbs.changing((table, request) -> table.claim(request.number(1))));
        all.put("table.stage", verbs.allowed(verbs::stage));
        all.put("table.prepare", verbs.changing(TableVerbs::prepare));
        all.put("table.commit", verbs.changing(TableVerbs::commit));
        all.put("table.abort", verbs.changing((table, request) -> table.abort(request.text(1))));
        all.put("table.transactions", verbs.allowed(verbs::transactions));
        all.put("table.property", verbs.allowed(verbs::property));
        all.put(
                "table.history",
                verbs.allowed(request -> texts(verbs.table(request).history())));
        return all;
    }

    /** A verb of a user who may do it. */
    @FunctionalInterface
    private interface AllowedVerb {
        List<byte[]> answer(Request request);
    }

    /** A verb that has nothing to say. */
    @FunctionalInterface
    private interface Change {
        void make(MemoryTable table, Request request);
    }

    private Verb allowed(AllowedVerb verb) {
        return (user, request) -> {
            if (!user.equals(writer)) {
                throw new Refusal(Refusal.Kind.PRIVILEGE, "user '" + user + "' may not write to tables");
            }
            return verb.answer(request);
        };
    }

    private Verb changing(Change change) {
        return allowed(request -> done(() -> change.make(table(request), request)));
    }

    private static List<byte[]> done(Runnable change) {
        change.run();
        return List.of();
    }

    private MemoryTable table(Request request) {
        return store.table(request.text(0));
    }

    /** The reply is empty if there is no such table; else its columns and its key. */
    private List<byte[]> describe(Request request) {
        return store.find(request.text(0))
                .map(table -> texts(List.of(TableColumn.text(table.columns()), String.join("\n", table.key()))))
                .orElse(List.of());
    }

    /** Arguments: columns, key. */
    private List<byte[]> create(Request request) {
        return done(() -> store.create(request.text(0), TableColumn.parse(request.text(1)), lines(request.text(2))));
    }

    /** Arguments: generation, transaction, where the rows begin in it, rows, columns to delete by. */
    private List<byte[]> stage(Request request) {
        Map<Integer, String> rejected = table(request)
                .stage(
                        request.number(1),
                        new MemoryTable.Place(request.text(2), Math.toIntExact(request.number(3))),
                        TableRows.parse(request.arguments().get(4)),
                        lines(request.text(5)));
        List<String> lines = new ArrayList<>();
        rejected.forEach((index, reason) -> lines.add(index + "\n" + reason));
        return texts(lines);
    }

    /** Arguments: generation, transaction, where it ends. */
    private static void prepare(MemoryTable table, Request request) {
        table.prepare(request.number(1), new MemoryTable.Place(request.text(2), Math.toIntExact(request.number(3))));
    }

    /** Arguments: generation, transactions, properties. */
    private static void commit(MemoryTable table, Request request) {
        Map<String, String> properties = new TreeMap<>();
        for (String line : lines(request.text(3))) {
            int equals = line.lastIndexOf('=');
            properties.put(line.substring(0, equals), line.substring(equals + 1));
        }
        table.commit(request.number(1), lines(request.text(2)), properties);
    }

    private List<byte[]> transactions(Request request) {
        List<String> lines = new ArrayList<>();
        table(request).transactions().forEach((name, prepared) -> lines.add(name + (prepared ? " prepared" : " open")));
        return texts(lines);
    }

    private List<byte[]> property(Request request) {
        return table(request).property(request.text(1)).stream()
                .map(Frames::text)
                .toList();
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n", -1));
    }

    private static List<byte[]> texts(List<String> values) {
        return values.stream().map(value -> value.getBytes(UTF_8)).toList();
    }
}
