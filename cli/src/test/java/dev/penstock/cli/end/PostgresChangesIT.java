package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example with the changes of a table, on a copy of it, with the server that it starts. */
class PostgresChangesIT {
    private static final int PRODUCTS = 8;

    @TempDir
    Path copy;

    @Test
    void followsATableFromTheRowsThatAreThereToItsLastChange() throws IOException {
        CopiedExample example = CopiedExample.into(copy, "postgres-cdc", "examples/local-servers/postgres", "penstock");
        Distribution.Ended run = example.run();
        assertThat(run.err()).contains("A PostgreSQL server runs at 127.0.0.1:");
        List<String> events = example.rows("events");
        assertThat(events).filteredOn(event -> event.contains("\"op\":\"r\"")).hasSize(PRODUCTS);
        assertThat(events)
                .filteredOn(event -> event.contains("\"op\":\"u\""))
                .hasSize(2)
                .allMatch(event -> event.contains("tent-03") || event.contains("bike-05"));
        assertThat(events)
                .filteredOn(event -> event.contains("\"op\":\"c\""))
                .hasSize(1)
                .allMatch(event -> event.contains("boat-09"));
        assertThat(events).hasSize(PRODUCTS + 3);
        assertThat(run.out()).as("what the search finds").containsPattern("(?s)something to cross a lake.*boat-09");
    }
}
