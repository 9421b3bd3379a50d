package dev.penstock.conformance.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.RejectedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection to one table; says what fails in the words of the SPI.
 *
 * <p>After a call that failed for the connection's sake, nobody knows what the server has done, so every later call
 * fails the same way: who uses it begins anew from the last epoch that is durable.
 */
final class TableClient implements AutoCloseable {
    private final MemoryClient client;
    private final String table;
    private final String place;

    private TableClient(MemoryClient client, MemorySinkSettings settings) {
        this.client = client;
        this.table = settings.table();
        this.place = settings.toString();
    }

    static TableClient connect(MemorySinkSettings settings) {
        try {
            return new TableClient(settings.connect(), settings);
        } catch (IOException e) {
            throw MemoryFailure.of("connect to", settings.toString(), e);
        } catch (Refusal e) {
            throw MemoryFailure.of("connect to", settings.toString(), e);
        }
    }

    /** The table as it is on the server. */
    record Described(List<TableColumn> columns, List<String> key) {}

    /** What the table looks like; empty if there is none. */
    Optional<Described> describe() {
        if (!texts(call("look for", "table.list", table)).contains(table)) {
            return Optional.empty();
        }
        List<String> parts = texts(call("look at", "table.describe", table));
        return Optional.of(new Described(TableColumn.parse(parts.get(0)), lines(parts.get(1))));
    }

    void create(List<TableColumn> columns, List<String> key) {
        call("create", "table.create", table, TableColumn.text(columns), String.join("\n", key));
    }

    void alter(List<TableColumn> columns) {
        call("change", "table.alter", table, TableColumn.text(columns));
    }

    void drop() {
        call("drop", "table.drop", table);
    }

    void claim(long generation) {
        call("claim", "table.claim", table, generation);
    }

    List<RejectedRow> stage(long generation, TransactionName name, TableRows rows, List<String> deleteBy) {
        List<RejectedRow> rejected = new ArrayList<>();
        String columns = String.join("\n", deleteBy);
        for (String line : texts(call("write to", "table.stage", table, generation, name, rows.toBytes(), columns))) {
            int end = line.indexOf('\n');
            rejected.add(new RejectedRow(Integer.parseInt(line.substring(0, end)), line.substring(end + 1)));
        }
        return rejected;
    }

    void prepare(long generation, TransactionName name) {
        call("prepare rows of", "table.prepare", table, generation, name);
    }

    void commit(long generation, List<TransactionName> names, Map<String, Long> marks) {
        List<String> lines = new ArrayList<>();
        marks.forEach((name, value) -> lines.add(name + "=" + value));
        List<String> texts = names.stream().map(TransactionName::toString).toList();
        call("commit to", "table.commit", table, generation, String.join("\n", texts), String.join("\n", lines));
    }

    void abort(TransactionName name) {
        call("abort rows of", "table.abort", table, name);
    }

    /** The transactions that this connector began; whether each is prepared. */
    Map<TransactionName, Boolean> transactions() {
        Map<TransactionName, Boolean> found = new LinkedHashMap<>();
        for (String line : texts(call("look at", "table.transactions", table))) {
            int end = line.lastIndexOf('\n');
            boolean prepared = line.substring(end + 1).equals("prepared");
            TransactionName.parse(line.substring(0, end)).ifPresent(name -> found.put(name, prepared));
        }
        return found;
    }

    /** A mark that a commit set. */
    Optional<Long> mark(String name) {
        return texts(call("look at", "table.property", table, name)).stream()
                .findFirst()
                .map(Long::valueOf);
    }

    private List<byte[]> call(String doing, String verb, Object... arguments) {
        byte[][] bytes = Arrays.stream(arguments).map(TableClient::bytes).toArray(byte[][]::new);
        try {
            return client.call(verb, bytes);
        } catch (IOException e) {
            client.close();
            throw MemoryFailure.of(doing, place, e);
        } catch (Refusal e) {
            throw MemoryFailure.of(doing, place, e);
        }
    }

    private static byte[] bytes(Object argument) {
        if (argument instanceof byte[] bytes) {
            return bytes;
        }
        return argument instanceof Long number ? Frames.number(number) : Frames.text(argument.toString());
    }

    private static List<String> texts(List<byte[]> parts) {
        return parts.stream().map(part -> new String(part, UTF_8)).toList();
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n"));
    }

    /** From any thread; ends a call that waits. */
    @Override
    public void close() {
        client.close();
    }
}
