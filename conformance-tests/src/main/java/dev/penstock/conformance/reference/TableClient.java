package dev.penstock.conformance.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.RejectedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be asked about a table, in the words of the connector; failures are {@link ConnectorException}s. After a
 * lost connection nobody knows whether the server did what it was asked; every request may be repeated.
 *
 * <p><b>Threads:</b> one at a time; {@link #interrupt} and {@link #close} from any.
 */
final class TableClient implements AutoCloseable {
    private final MemorySinkSettings settings;
    private final MemoryConnection connection;

    TableClient(MemorySinkSettings settings) {
        this.settings = requireNonNull(settings, "settings");
        this.connection = new MemoryConnection(settings.server());
    }

    /** The table as it is on the server. */
    record Described(List<TableColumn> columns, List<String> key) {}

    /** What the table looks like; empty if there is none. */
    Optional<Described> describe() {
        List<String> parts = ask("look at", "table.describe");
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Described(TableColumn.parse(parts.get(0)), lines(parts.get(1))));
    }

    void create(List<TableColumn> columns, List<String> key) {
        ask("create", "table.create", TableColumn.text(columns), String.join("\n", key));
    }

    void alter(List<TableColumn> columns) {
        ask("change", "table.alter", TableColumn.text(columns));
    }

    void drop() {
        ask("drop", "table.drop");
    }

    void claim(long generation) {
        ask("claim", "table.claim", generation);
    }

    /**
     * Puts rows into a transaction behind the first {@code from}; gives those that the table does not take.
     *
     * @param staging whose transaction
     */
    List<RejectedRow> stage(Staging staging, long from, TableRows rows) {
        List<RejectedRow> rejected = new ArrayList<>();
        String deleteBy = String.join("\n", staging.deleteBy);
        for (String line :
                ask("write to", "table.stage", staging.generation, staging.name, from, rows.toBytes(), deleteBy)) {
            int end = line.indexOf('\n');
            rejected.add(new RejectedRow(Integer.parseInt(line.substring(0, end)), line.substring(end + 1)));
        }
        return rejected;
    }

    /** Seals a transaction of {@code rows} rows. */
    void prepare(Staging staging, long rows) {
        ask("prepare rows of", "table.prepare", staging.generation, staging.name, rows);
    }

    /**
     * A transaction that is being filled.
     *
     * @param generation of who fills it
     * @param name of the transaction
     * @param deleteBy the columns by which rows are deleted
     */
    record Staging(long generation, TransactionName name, List<String> deleteBy) {}

    /** Makes transactions visible and sets marks, all in one step. */
    void commit(long generation, List<TransactionName> names, Map<String, Long> marks) {
        List<String> lines = new ArrayList<>();
        marks.forEach((name, value) -> lines.add(name + "=" + value));
        List<String> texts = names.stream().map(TransactionName::toString).toList();
        ask("commit to", "table.commit", generation, String.join("\n", texts), String.join("\n", lines));
    }

    void abort(TransactionName name) {
        ask("abort rows of", "table.abort", name);
    }

    /** The transactions that this connector began; whether each is prepared. */
    Map<TransactionName, Boolean> transactions() {
        Map<TransactionName, Boolean> found = new LinkedHashMap<>();
        for (String line : ask("look at", "table.transactions")) {
            int end = line.lastIndexOf(' ');
            boolean prepared = line.substring(end + 1).equals("prepared");
            TransactionName.parse(line.substring(0, end)).ifPresent(name -> found.put(name, prepared));
        }
        return found;
    }

    /** A mark that a commit has set. */
    Optional<Long> mark(String name) {
        return ask("look at", "table.property", name).stream().findFirst().map(Long::valueOf);
    }

    /** What was committed lately: the server forgets it. */
    List<String> history() {
        return ask("look at", "table.history");
    }

    private List<String> ask(String doing, String verb, Object... arguments) {
        byte[][] all = new byte[arguments.length + 1][];
        all[0] = Frames.text(settings.table());
        for (int index = 0; index < arguments.length; index++) {
            all[index + 1] = bytes(arguments[index]);
        }
        try {
            return connection.call(verb, all).stream()
                    .map(part -> new String(part, UTF_8))
                    .toList();
        } catch (IOException e) {
            throw MemoryFailure.of(doing, settings.toString(), e);
        } catch (Refusal refusal) {
            throw MemoryFailure.of(doing, settings.toString(), refusal);
        }
    }

    private static byte[] bytes(Object argument) {
        if (argument instanceof byte[] bytes) {
            return bytes;
        }
        return argument instanceof Long number ? Frames.number(number) : Frames.text(argument.toString());
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n", -1));
    }

    /** Ends a call that waits; it fails with a {@link dev.penstock.spi.RetryableException}. */
    void interrupt() {
        connection.interrupt();
    }

    @Override
    public void close() {
        connection.close();
    }
}
