package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SnapshotWindowTest {
    private static final ChangedTable TABLE = new ChangedTable(
            new Relation(1, new TableName("shop", "orders"), 'd', List.of()),
            List.of(),
            List.of(),
            Schema.of(Field.of("id", DataType.INT32)),
            false);

    @Test
    void knowsWhatCameBeforeItsFirstPartIsAskedFor() {
        Map<Integer, Long> came = new LinkedHashMap<>(Map.of(7, 0L));
        SnapshotWindow window = new SnapshotWindow(TABLE, came);
        window.began(8);
        assertThat(window.cameBefore(7, window.count())).isTrue();
        assertThat(window.cameBefore(8, window.count())).isFalse();
        window.truncated();
        assertThat(window.cameBefore(8, window.count())).isTrue();
        assertThat(came).containsOnlyKeys(7, 8);
    }
}
