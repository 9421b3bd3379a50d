package dev.penstock.conformance.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.reference.TableRows.Entry;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The other end of the reference sink: reads, tidies and spoils a table by connections of its own. */
final class MemorySinkSide implements SinkSide {
    private final Connecting connecting;
    private final String table;

    /** A side that connects anew for each call, as somebody who may do everything. */
    MemorySinkSide(Connecting connecting, String table) {
        this.connecting = connecting;
        this.table = table;
    }

    /** How to reach the server. */
    interface Connecting {
        /** A new connection. */
        MemoryClient connect() throws IOException;
    }

    /** Nothing: the sink makes its table. */
    @Override
    public void create() {}

    @Override
    public List<NumberedRow> visible() {
        if (!isThere()) {
            return List.of();
        }
        TableRows rows = TableRows.parse(call("table.rows").get(0));
        int[] columns = NumberedRow.SCHEMA.names().stream()
                .mapToInt(rows.columns()::indexOf)
                .toArray();
        return rows.entries().stream().map(entry -> numbered(entry, columns)).toList();
    }

    private static NumberedRow numbered(Entry entry, int[] columns) {
        List<String> values = new ArrayList<>();
        for (int column : columns) {
            @Nullable String value = column < 0 ? null : entry.values().get(column);
            values.add(value == null ? "" : value);
        }
        return new NumberedRow(
                Operation.INSERT,
                Long.parseLong(values.get(1)),
                Integer.parseInt(values.get(2)),
                Long.parseLong(values.get(3)),
                values.get(0),
                values.get(4),
                values.get(5).isEmpty() ? 0 : Long.parseLong(values.get(5)));
    }

    @Override
    public void maintain() {
        call("table.maintain");
    }

    @Override
    public void destroy(Prepared prepared) {
        call("table.abort", prepared.handle().bytes());
    }

    @Override
    public String openForeignTransaction() {
        TransactionName name = new TransactionName("somebody-else/sink", new EpochId("other", 1_000_000), 0);
        TableRows none = new TableRows(List.of(), List.of());
        call("table.stage", Frames.number(Long.MAX_VALUE), Frames.text(name.toString()), none.toBytes(), new byte[0]);
        return transaction(name.toString());
    }

    @Override
    public RecordBatch batchWithInvalid(List<NumberedRow> rows, List<Integer> invalid) {
        List<NumberedRow> spoiled = new ArrayList<>(rows);
        for (int index : invalid) {
            NumberedRow row = rows.get(index);
            NumberedRow.Place place = new NumberedRow.Place(row.run(), row.partition(), row.sequence());
            spoiled.set(index, NumberedRow.of(row.operation(), place, row.key(), "x".repeat(TableColumn.MAX_TEXT + 1)));
        }
        return NumberedRow.batch(spoiled);
    }

    /** The transactions that nobody has ended, by the names of the inventory. */
    Set<String> openTransactions() {
        Set<String> open = new TreeSet<>();
        if (isThere()) {
            for (String line : texts(call("table.transactions"))) {
                open.add(transaction(line.substring(0, line.lastIndexOf('\n'))));
            }
        }
        return open;
    }

    private String transaction(String name) {
        return "transaction:" + table + "/" + name;
    }

    private boolean isThere() {
        return texts(call("table.list")).contains(table);
    }

    private List<byte[]> call(String verb, byte[]... more) {
        byte[][] arguments = new byte[more.length + 1][];
        arguments[0] = Frames.text(table);
        System.arraycopy(more, 0, arguments, 1, more.length);
        try (MemoryClient client = connecting.connect()) {
            return client.call(verb, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException("The memory server cannot be reached", e);
        }
    }

    private static List<String> texts(List<byte[]> parts) {
        return parts.stream().map(part -> new String(part, UTF_8)).toList();
    }
}
