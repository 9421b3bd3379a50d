package dev.penstock.connector.lancedb;

import org.lance.Dataset;

/** Indexes, compaction and clean-up of a table, between commits. */
final class Upkeep {
    private final SinkSettings settings;
    private final SinkName sink;

    Upkeep(SinkSettings settings, SinkName sink) {
        this.settings = settings;
        this.sink = sink;
    }

    void afterCommit(Dataset dataset) {}
}
