package dev.penstock.conformance.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.reference.Frames.Request;
import dev.penstock.conformance.reference.MemoryServer.Verb;
import dev.penstock.conformance.reference.Refusal.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What a {@link MemoryServer} can do with tables. The first argument of every verb is the name of a table; lists and
 * maps are texts with a line for each entry.
 *
 * <p>A user whose name begins with {@code reader} may look and not touch.
 */
public final class TableVerbs {
    private final ConcurrentMap<String, MemoryTable> tables = new ConcurrentHashMap<>();

    private TableVerbs() {}

    /** The verbs, on tables of their own. */
    public static Map<String, Verb> all() {
        return new TableVerbs().verbs();
    }

    private Map<String, Verb> verbs() {
        Map<String, Verb> verbs = new HashMap<>();
        verbs.put("table.list", (user, request) -> list(request.text(0)));
        verbs.put("table.describe", (user, request) -> describe(table(request)));
        verbs.put("table.rows", (user, request) -> List.of(table(request).rows().toBytes()));
        verbs.put("table.transactions", (user, request) -> transactions(table(request)));
        verbs.put("table.history", (user, request) -> texts(table(request).history()));
        verbs.put(
                "table.property",
                (user, request) -> table(request)
                        .property(request.text(1))
                        .map(value -> List.of(Frames.text(value)))
                        .orElse(List.of()));
        writing(verbs, "table.create", this::create);
        writing(verbs, "table.drop", request -> done(() -> tables.remove(request.text(0))));
        writing(verbs, "table.alter", request -> done(() -> table(request).alter(TableColumn.parse(request.text(1)))));
        writing(verbs, "table.maintain", request -> done(() -> table(request).maintain()));
        writing(verbs, "table.claim", request -> done(() -> table(request).claim(request.number(1))));
        writing(verbs, "table.stage", this::stage);
        writing(verbs, "table.prepare", this::prepare);
        writing(verbs, "table.commit", this::commit);
        writing(verbs, "table.abort", request -> done(() -> table(request).abort(request.text(1))));
        return verbs;
    }

    /** A verb that changes something. */
    private interface Change {
        List<byte[]> answer(Request request);
    }

    private static void writing(Map<String, Verb> verbs, String name, Change change) {
        verbs.put(name, (user, request) -> {
            if (user.startsWith("reader")) {
                throw new Refusal(Kind.PRIVILEGE, "user '" + user + "' may not write");
            }
            return change.answer(request);
        });
    }

    private static List<byte[]> done(Runnable change) {
        change.run();
        return List.of();
    }

    private MemoryTable table(Request request) {
        MemoryTable table = tables.get(request.text(0));
        if (table == null) {
            throw new Refusal(Kind.NOT_FOUND, "there is no table '" + request.text(0) + "'");
        }
        return table;
    }

    private List<byte[]> list(String prefix) {
        return texts(tables.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList());
    }

    private static List<byte[]> describe(MemoryTable table) {
        return texts(List.of(TableColumn.text(table.columns()), String.join("\n", table.key())));
    }

    private static List<byte[]> transactions(MemoryTable table) {
        List<String> lines = new ArrayList<>();
        table.transactions().forEach((name, prepared) -> lines.add(name + "\n" + (prepared ? "prepared" : "open")));
        return texts(lines);
    }

    private List<byte[]> create(Request request) {
        List<TableColumn> columns = TableColumn.parse(request.text(1));
        tables.computeIfAbsent(request.text(0), name -> new MemoryTable(columns, lines(request.text(2))));
        return List.of();
    }

    private List<byte[]> stage(Request request) {
        Map<Integer, String> rejected = table(request)
                .stage(
                        request.number(1),
                        request.text(2),
                        TableRows.parse(request.arguments().get(3)),
                        lines(request.text(4)));
        List<String> lines = new ArrayList<>();
        rejected.forEach((index, reason) -> lines.add(index + "\n" + reason));
        return texts(lines);
    }

    private List<byte[]> prepare(Request request) {
        return done(() -> table(request).prepare(request.number(1), request.text(2)));
    }

    private List<byte[]> commit(Request request) {
        Map<String, String> marks = new TreeMap<>();
        for (String line : lines(request.text(3))) {
            int equals = line.lastIndexOf('=');
            marks.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return done(() -> table(request).commit(request.number(1), lines(request.text(2)), marks));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n"));
    }

    private static List<byte[]> texts(List<String> values) {
        return values.stream().map(value -> value.getBytes(UTF_8)).toList();
    }
}
