package dev.penstock.conformance.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.reference.TableRows.Entry;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The other side of the reference sink: the tables themselves. */
final class MemorySinkSide implements SinkSide {
    private final TableStore tables;
    private final String name;

    MemorySinkSide(TableStore tables, String name) {
        this.tables = tables;
        this.name = name;
    }

    /** Nothing: the sink makes its table. */
    @Override
    public void create() {}

    private TableRows rows() {
        return tables.find(name).map(MemoryTable::rows).orElse(new TableRows(NumberedRow.SCHEMA.names(), List.of()));
    }

    @Override
    public List<NumberedRow> visible() {
        TableRows rows = rows();
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
    public Map<String, String> visible(String column) {
        TableRows rows = rows();
        int key = rows.columns().indexOf(NumberedRow.KEY);
        int wanted = rows.columns().indexOf(column);
        Map<String, String> values = new LinkedHashMap<>();
        for (Entry entry : rows.entries()) {
            @Nullable String value = wanted < 0 ? null : entry.values().get(wanted);
            if (value != null) {
                values.put(String.valueOf(entry.values().get(key)), value);
            }
        }
        return values;
    }

    @Override
    public void maintain() {
        tables.table(name).maintain();
    }

    @Override
    public void destroy(Prepared prepared) {
        tables.table(name).abort(new String(prepared.handle().bytes(), UTF_8));
    }

    @Override
    public String openForeignTransaction() {
        String foreign = new TransactionName("somebody-else/sink", new EpochId("other", 1_000_000), 0).toString();
        TableRows none = new TableRows(List.of(), List.of());
        tables.table(name).stage(Long.MAX_VALUE, new MemoryTable.Place(foreign, 0), none, List.of());
        return TableStore.transactionObject(name, foreign);
    }

    @Override
    public RecordBatch batchWithInvalid(List<NumberedRow> rows, List<Integer> invalid) {
        List<NumberedRow> spoiled = new ArrayList<>(rows);
        for (int index : invalid) {
            NumberedRow row = rows.get(index);
            NumberedRow.Place place = new NumberedRow.Place(row.run(), row.partition(), row.sequence());
            String tooLong = "x".repeat(TableColumn.MAX_TEXT + 1);
            spoiled.set(index, NumberedRow.of(row.operation(), place, row.key(), tooLong));
        }
        return NumberedRow.batch(spoiled);
    }
}
