package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.connector.iceberg.LyingDriver.Lie;
import dev.penstock.connector.iceberg.conformance.TestTable;
import dev.penstock.connector.iceberg.io.LocalFileIO;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of commits when the catalog, other writers or people do what they may. */
class CommitFaultTest {
    /** A state for which Iceberg repeats a statement, which then finds that it was carried out already. */
    private static final String CONNECTION_FAILURE = "08006";

    private static final String SOMETHING_ELSE = "HY000";

    @TempDir
    private Path warehouse;

    private TestTable table() {
        return new TestTable(warehouse, TableIdentifier.of("shop", "orders"));
    }

    private TestSink first() {
        return TestSink.start(warehouse, 1, -1);
    }

    @Test
    void findsItsCommitWhereTheCatalogCallsItAConflict() {
        try (TestSink sink = first()) {
            List<Prepared> handles = sink.prepared(1, 2);
            LyingDriver.tell(Lie.saying(CONNECTION_FAILURE, true));

            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
            assertThat(LyingDriver.told()).isTrue();
        }
        assertThat(table().ids()).containsExactly(1L, 2L);
    }

    @Test
    void keepsTheRowsOfAnotherWriterThatCameAfterSuchACommit() {
        try (TestSink sink = first()) {
            List<Prepared> handles = sink.prepared(1, 2);
            LyingDriver.tell(Lie.saying(CONNECTION_FAILURE, true).then(() -> table().append(100)));

            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(table().ids()).containsExactly(1L, 2L, 100L);
    }

    @Test
    void findsItsCommitWhereTheReplyWasLost() {
        try (TestSink sink = first()) {
            List<Prepared> handles = sink.prepared(1, 2);
            LyingDriver.tell(Lie.saying(SOMETHING_ELSE, true));

            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(table().ids()).containsExactly(1L, 2L);
    }

    @Test
    void commitsAgainWhereTheRequestWasLost() {
        try (TestSink sink = first()) {
            List<Prepared> handles = sink.prepared(1, 2);
            LyingDriver.tell(Lie.saying(SOMETHING_ELSE, false));

            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(table().ids()).containsExactly(1L, 2L);
    }

    @Test
    void commitsOnTopOfAWriterThatCameFirst() {
        try (TestSink sink = first()) {
            List<Prepared> handles = sink.prepared(1, 2);
            LyingDriver.tell(Lie.first(() -> table().append(100)));

            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(table().ids()).containsExactly(1L, 2L, 100L);
    }

    @Test
    void findsItsCommitAfterItsSnapshotHasExpired() {
        List<Prepared> handles;
        try (TestSink sink = first()) {
            handles = sink.prepared(1, 2);
            sink.commit(handles);
        }
        table().append(100);
        table().append(101);
        table().expire();
        try (TestSink sink = TestSink.start(warehouse, 2, 1)) {
            assertThat(sink.commit(handles)).isEqualTo(Outcome.ALREADY_COMMITTED);
        }
        assertThat(table().ids()).containsExactly(1L, 2L, 100L, 101L);
    }

    @Test
    void findsItsCommitInSnapshotsAfterItsPropertyWasRemoved() {
        List<Prepared> handles;
        try (TestSink sink = first()) {
            handles = sink.prepared(1, 2);
            sink.commit(handles);
        }
        removeProperty();
        try (TestSink sink = TestSink.start(warehouse, 2, 1)) {
            assertThat(sink.commit(handles)).isEqualTo(Outcome.ALREADY_COMMITTED);
        }
        assertThat(table().ids()).containsExactly(1L, 2L);
    }

    private void removeProperty() {
        String property = SinkName.of("orders/iceberg").property();
        table().with(table -> {
            table.updateProperties().remove(property).commit();
            return true;
        });
    }

    @Test
    void stopsWhereNobodyCanTellWhetherItCommitted() {
        List<Prepared> handles;
        try (TestSink sink = first()) {
            handles = sink.prepared(1, 2);
            sink.commit(handles);
        }
        removeProperty();
        table().append(100);
        table().expire();
        try (TestSink sink = TestSink.start(warehouse, 2, 1)) {
            assertThatThrownBy(() -> sink.commit(handles))
                    .isInstanceOf(FatalException.class)
                    .hasMessageStartingWith("Cannot tell whether epoch 1 of run run-1, writer 0 is in the table: ");
        }
        assertThat(table().ids()).containsExactly(1L, 2L, 100L);
    }

    @Test
    void fencesAnOlderIncarnationInTheMiddleOfItsCommit() {
        try (TestSink zombie = first()) {
            List<Prepared> handles = zombie.prepared(1, 2);
            LyingDriver.tell(Lie.first(() -> TestSink.start(warehouse, 2, 0).close()));

            assertThatThrownBy(() -> zombie.commit(handles)).isInstanceOf(FencedException.class);
        }
        assertThat(table().ids()).isEmpty();
    }

    @Test
    void stopsWhereAnotherTableHasTakenThePlaceOfTheOneWrittenFor() {
        List<Prepared> handles;
        try (TestSink sink = first()) {
            handles = sink.prepared(1, 2);
        }
        table().drop();
        try (TestSink sink = TestSink.start(warehouse, 2, 1)) {
            assertThatThrownBy(() -> sink.commit(handles))
                    .isInstanceOf(FatalException.class)
                    .hasMessageContaining("has taken its place");
        }
    }

    @Test
    void bringsNoRowsBackThatSomebodyRolledBack() {
        List<Prepared> handles;
        try (TestSink sink = first()) {
            handles = sink.prepared(1, 2);
            sink.commit(handles);
        }
        table().with(table -> {
            long before = table.currentSnapshot().parentId();
            table.manageSnapshots().rollbackTo(before).commit();
            return true;
        });
        try (TestSink sink = TestSink.start(warehouse, 2, 1)) {
            assertThat(sink.commit(handles)).isEqualTo(Outcome.ALREADY_COMMITTED);
        }
        assertThat(table().ids()).isEmpty();
    }

    @Test
    void commitsFilesThatAreOlderThanTheColumnsAndPartitionsOfTheTable() {
        try (TestSink sink = first()) {
            List<Prepared> handles = sink.prepared(1, 2);
            table().with(table -> {
                table.updateSchema()
                        .addColumn("note", Types.StringType.get())
                        .renameColumn("name", "title")
                        .commit();
                table.updateSpec().addField(Expressions.bucket("id", 4)).commit();
                return true;
            });

            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(table().ids()).containsExactly(1L, 2L);
    }

    @Test
    void commitsToTheBranchThatIsNamed() {
        try (TestSink sink = TestSink.start(warehouse, Map.of("branch", "audit"), TestSink.SCHEMA, 1, -1)) {
            assertThat(sink.commit(sink.prepared(1, 2))).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(table().ids()).isEmpty();
        table().with(table -> {
            table.manageSnapshots()
                    .createBranch("main", table.snapshot("audit").snapshotId())
                    .commit();
            return true;
        });
        assertThat(table().ids()).containsExactly(1L, 2L);
    }

    @Test
    void stopsAtAHandleThatIsTorn() {
        try (TestSink sink = first()) {
            Prepared whole = sink.prepared(1, 2).get(0);
            byte[] half = new byte[whole.handle().bytes().length / 2];
            System.arraycopy(whole.handle().bytes(), 0, half, 0, half.length);
            Prepared torn = new Prepared(
                    whole.epoch(),
                    whole.writer(),
                    new ResumeState(whole.handle().version(), half),
                    whole.rows(),
                    whole.bytes());

            assertThatThrownBy(() -> sink.commit(List.of(torn)))
                    .isInstanceOf(FatalException.class)
                    .hasMessageContaining("its handle is damaged");
        }
    }

    @Test
    void saysThatWorkIsLostWhoseFilesAreGone() {
        try (TestSink sink = first()) {
            List<Prepared> handles = sink.prepared(1, 2);
            Handle handle =
                    Handle.of(HandleId.of(handles.get(0)), handles.get(0).handle());
            new LocalFileIO().deleteFile(handle.locations().get(0));

            assertThat(sink.commit(handles)).isEqualTo(Outcome.LOST);
        }
        assertThat(table().ids()).isEmpty();
    }

    @Test
    void preparesNothingForAnEpochWithoutRows() {
        try (TestSink sink = first()) {
            assertThat(sink.prepared(new long[0])).isEmpty();
        }
    }
}
