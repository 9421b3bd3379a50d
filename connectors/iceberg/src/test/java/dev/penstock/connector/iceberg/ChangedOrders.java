package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.conformance.TestTable;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.catalog.TableIdentifier;

/** A table of orders that are inserted, updated and deleted by their id. */
record ChangedOrders(Path warehouse, Map<String, Object> settings) {
    static final Schema SCHEMA = Schema.of(
            Field.required("id", DataType.INT64),
            Field.of("status", DataType.STRING),
            Field.of("amount", DataType.INT32));

    TestSink.Setup setup() {
        return new TestSink.Setup(warehouse, settings, SCHEMA, WriteMode.upsert(List.of("id")));
    }

    TestSink first() {
        return start(1, -1);
    }

    TestSink start(int generation, long restoredEpoch) {
        return setup().start(generation, restoredEpoch);
    }

    TestTable table() {
        return new TestTable(warehouse, TableIdentifier.of("shop", "orders"));
    }

    /** The status of each order as Iceberg's generic reader finds it. */
    SortedMap<Long, String> statuses() {
        SortedMap<Long, String> statuses = new TreeMap<>();
        List<Long> twice = new ArrayList<>();
        table().read(row -> {
            long id = (Long) row.getField("id");
            if (statuses.put(id, String.valueOf(row.getField("status"))) != null) {
                twice.add(id);
            }
        });
        if (!twice.isEmpty()) {
            throw new AssertionError("more than one row of orders " + twice);
        }
        return statuses;
    }

    static Row inserted(long id, String status) {
        return Row.of(SCHEMA, id, status, 0);
    }

    static Row updated(long id, String status) {
        return Row.of(SCHEMA, id, status, 0).with(Operation.UPDATE);
    }

    /** With nothing but the key. */
    static Row deleted(long id) {
        return Row.of(SCHEMA, id, null, null).with(Operation.DELETE);
    }

    static RecordBatch batch(Row... rows) {
        BatchBuilder batch = new BatchBuilder(SCHEMA);
        for (Row row : rows) {
            batch.append(row);
        }
        return batch.build();
    }

    /** New orders with ids from 0 on. */
    static RecordBatch many(int count) {
        Row[] rows = new Row[count];
        for (int i = 0; i < count; i++) {
            rows[i] = inserted(i, "new");
        }
        return batch(rows);
    }
}
