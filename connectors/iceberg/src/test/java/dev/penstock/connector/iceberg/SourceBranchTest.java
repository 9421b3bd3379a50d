package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.connector.iceberg.conformance.TestTable;
import dev.penstock.spi.ConfigException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches to read that there are, and that there are not. */
class SourceBranchTest {
    private static final Schema COLUMNS = new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));

    @TempDir
    private Path warehouse;

    private TestTable table;

    @BeforeEach
    void makeTable() {
        table = new TestTable(warehouse, TableIdentifier.of("shop", "orders"));
        table.create(COLUMNS, PartitionSpec.unpartitioned(), Map.of("format-version", "2"));
    }

    private TestSource source(String branch) {
        return new TestSource(warehouse, Map.of("branch", branch));
    }

    @Test
    void readsABranchAsItIs() {
        table.append(1);
        table.with(open -> {
            open.manageSnapshots().createBranch("audit").commit();
            return true;
        });
        table.append(2);
        assertThat(source("audit").read()).hasSize(1);
        assertThat(source("main").read()).hasSize(2);
    }

    @Test
    void refusesABranchThatTheTableHasNot() {
        table.append(1);
        assertThatThrownBy(source("audit")::read)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("table 'shop.orders' has no branch 'audit'");
    }

    @Test
    void readsNothingOfATableThatWasNeverWritten() {
        assertThat(source("main").read()).isEmpty();
    }
}
