package dev.penstock.examples.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Values of every type of PostgreSQL that a real Debezium writes, in three forms, and as we write them. */
@Timeout(240)
@ExtendWith(ChangedDatabase.Shared.class)
class DebeziumTypesTest {
    private final ChangedDatabase database;

    @TempDir
    private Path directory;

    DebeziumTypesTest(ChangedDatabase database) {
        this.database = database;
    }

    private Running pipeline() {
        return new Running(directory, database.bootstrapServers());
    }

    @Test
    void everyTypeComesThroughWithItsSchema() throws Exception {
        RecordBatch rows = pipeline().all("topics: typed.public.kinds\nformat: debezium");

        assertThat(Kinds.of(rows.row(0))).containsExactlyEntriesOf(Kinds.typed());
        assertThat(rows.row(2).values()).contains(Float.POSITIVE_INFINITY, Double.NaN);
        assertThat(rows.row(2).get("ts")).isEqualTo(LocalDateTime.parse("-0043-03-15T12:00"));
    }

    @Test
    void everyTypeComesThroughIntoColumnsThatAreDeclared() throws Exception {
        RecordBatch rows = pipeline().all("topics: plain.public.kinds\nformat: debezium\n" + Kinds.COLUMNS);

        assertThat(Kinds.of(rows.row(0))).containsExactlyEntriesOf(Kinds.plain());
    }

    @Test
    void numbersTimesAndBytesThatAreTextComeThrough() throws Exception {
        RecordBatch rows = pipeline().all("topics: other.public.kinds\nformat: debezium");

        assertThat(Kinds.of(rows.row(0))).containsExactlyEntriesOf(Kinds.texts());
    }

    @Test
    void textsBecomeNumbersAndBytesWhereThatIsDeclared() throws Exception {
        RecordBatch rows = pipeline().all("""
                topics: other.public.kinds
                format: { type: debezium, binaries: hex }
                columns: { id: int64, n: 'decimal(10,2)', by: bytes, an: 'list<decimal(8,3)>' }
                """);

        assertThat(Kinds.of(rows.row(0)))
                .containsEntry("n", Kinds.typed().get("n"))
                .containsEntry("by", Kinds.typed().get("by"))
                .containsEntry("an", Kinds.typed().get("an"));
    }

    @Test
    void whatIsWrittenCanBeReadByOthersAndByUs() throws Exception {
        String kinds = "topics: typed.public.kinds\nformat: debezium";
        pipeline().copy(kinds, "{ type: debezium, schemas: true, name: shop, table: kinds }");

        RecordBatch original = pipeline().all(kinds);
        RecordBatch copy = pipeline().all("topics: copy\nformat: debezium");
        assertThat(copy.toRows()).isEqualTo(original.toRows());
        assertThat(copy.eventTimes().orElseThrow())
                .isEqualTo(original.eventTimes().orElseThrow());
        assertThat(linesOfOthers(copy.rowCount()))
                .first(STRING)
                .startsWith("Struct{id=1,b=true,i2=-7,i4=42,f4=1.5,f8=2.25,n=12.34,big=123456789012345678901234.56789,")
                .contains("t=hällo \"x\"", "u=3f2504e0-4f89-11d3-9a0c-0305e82c3301", "ai=[1, null, 3]")
                .contains("tsz=2026-01-31T21:59:58.123456Z", "__deleted=false,__op=r", "__table=kinds");
    }

    private List<String> linesOfOthers(int count) throws IOException {
        Path lines = database.lines();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(lines) || Files.readAllLines(lines).size() < count) {
            assertThat(System.nanoTime()).as("others have read all in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
        return Files.readAllLines(lines);
    }
}
