package dev.penstock.examples.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that a real Debezium has written in Avro, with their schemas in a real registry. */
@Timeout(240)
@ExtendWith(ChangedDatabase.Shared.class)
class DebeziumAvroTest {
    private final ChangedDatabase database;

    @TempDir
    private Path directory;

    DebeziumAvroTest(ChangedDatabase database) {
        this.database = database;
    }

    private RecordBatch all(String source) throws Exception {
        return new Running(directory, database.bootstrapServers()).all(source);
    }

    private String format(String more) {
        return "format: { type: debezium, registry: \"" + database.registry() + "\"" + more + " }";
    }

    @ParameterizedTest
    @ValueSource(strings = {"kinds", "orders", "large"})
    void eventsInAvroAreTheSameRowsAsInJson(String table) throws Exception {
        RecordBatch json = all("topics: typed.public." + table + "\nformat: debezium");
        RecordBatch avro = all("topics: avro.public." + table + "\n" + format(""));

        assertThat(avro.schema()).isEqualTo(json.schema());
        assertThat(avro.toRows()).isNotEmpty().isEqualTo(json.toRows());
        assertThat(unchanged(avro)).isEqualTo(unchanged(json));
        assertThat(avro.before().map(RecordBatch::toRows))
                .isEqualTo(json.before().map(RecordBatch::toRows));
    }

    /** The places of values that did not change and are not known. */
    private static List<String> unchanged(RecordBatch rows) {
        List<String> found = new ArrayList<>();
        for (String column : rows.schema().names()) {
            for (int row = 0; row < rows.rowCount(); row++) {
                if (rows.column(column).isUnchanged(row)) {
                    found.add(column + " of row " + row);
                }
            }
        }
        return found;
    }

    @Test
    void everyTypeComesThroughInAvro() throws Exception {
        RecordBatch rows = all("topics: avro.public.kinds\n" + format(""));

        assertThat(Kinds.of(rows.row(0))).containsExactlyEntriesOf(Kinds.typed());
    }

    @Test
    void whatDebeziumSaysOfAChangeIsKnownAndSchemasMayChange() throws Exception {
        String metadata = ", metadata: [connector, table, lsn, snapshot], key-column: kafka_key, tombstones: delete";
        String columns = "columns: { id: int32!, name: string, extra: int32 }";
        RecordBatch json = all("topics: typed.public.whole\nmetadata: [key]\n" + "format: { type: debezium" + metadata
                + " }\n" + columns);
        RecordBatch avro = all("topics: avro.public.whole\nmetadata: [key]\n" + format(metadata) + "\n" + columns);

        assertThat(avro.toRows())
                .filteredOn(row -> row.operation() == Operation.DELETE)
                .extracting(row -> row.get("id"), row -> row.get("name"))
                .containsExactly(tuple(1, "two"), tuple(1, null));
        assertThat(changes(avro)).isNotEmpty().isEqualTo(changes(json));
        assertThat(avro.row(0).values()).contains("postgresql", "whole");
    }

    /** All of rows but the place in the log, which each connector has its own snapshot for, and the key's bytes. */
    private static List<Object> changes(RecordBatch rows) {
        List<Object> changes = new ArrayList<>();
        for (Row row : rows.toRows()) {
            changes.add(row.operation());
            for (String name : List.of("id", "name", "extra", "debezium_table", "debezium_connector")) {
                changes.add(String.valueOf(row.get(name)));
            }
        }
        return changes;
    }
}
