package dev.penstock.connector.postgres;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads changes as an engine does. */
final class ChangeReading implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration WAIT = Duration.ofMillis(200);

    private final Source source;

    private ChangeReading(Source source) {
        this.source = source;
    }

    /**
     * A source of {@code table} through the slot of the same name, that is open and has its slot. Who owns the tables
     * publishes them, who reads has the grants of the README and no more.
     */
    static ChangeReading of(ChangedServer server, String table, Map<String, Object> further) {
        Map<String, Object> asOwner = new HashMap<>(further);
        asOwner.keySet().removeIf(name -> name.startsWith("tls") || name.equals("password"));
        asOwner.put("user", server.local().user());
        try (ChangeReading owner = opened(server, table, asOwner)) {
            owner.source.provision();
        }
        ChangeReading reading = opened(server, table, further);
        reading.source.provision();
        return reading;
    }

    /** A source that is open and has made nothing. */
    static ChangeReading opened(ChangedServer server, String table, Map<String, Object> further) {
        Source source = new PostgresConnector()
                .source(ChangeKeys.SPEC.parse(settings(server, table, further)).orThrow());
        source.open(new KitContext("test", "changes", 1, Path.of("")));
        return new ChangeReading(source);
    }

    static Map<String, Object> settings(ChangedServer server, String table, Map<String, Object> further) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("host", "127.0.0.1");
        settings.put("port", server.local().port());
        settings.put("database", server.local().database());
        settings.put("user", ChangedServer.READER);
        settings.put("tables", table);
        settings.put("slot", table.replace('.', '_'));
        settings.putAll(further);
        return settings;
    }

    Source source() {
        return source;
    }

    SourcePartition partition(Optional<ResumeState> from) {
        return source.partition(source.discover(LONGEST).partitions().get(0), from);
    }

    /** What a partition gave until it ended or had enough rows, and the states behind each batch. */
    record Read(List<Poll.Rows> polls, ResumeState state, boolean ended) {
        List<Row> rows() {
            List<Row> rows = new ArrayList<>();
            polls.forEach(poll -> rows.addAll(poll.rows().toRows()));
            return rows;
        }

        /**
         * For each row the row before it, which is empty where a batch tells none and has nulls where others have one.
         */
        List<Optional<Row>> before() {
            List<Optional<Row>> before = new ArrayList<>();
            for (Poll.Rows poll : polls) {
                for (int row = 0; row < poll.rows().rowCount(); row++) {
                    int place = row;
                    before.add(poll.rows().before().map(rows -> rows.row(place)));
                }
            }
            return before;
        }

        List<String> texts() {
            return rows().stream().map(Row::toString).toList();
        }
    }

    /** Reads until there are {@code enough} rows, bad ones too. */
    static Read rows(SourcePartition partition, int enough) {
        return read(partition, 1024, enough);
    }

    static Read toEnd(SourcePartition partition) {
        return read(partition, 1024, Integer.MAX_VALUE);
    }

    static Read read(SourcePartition partition, int maxRows, int enough) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        List<Poll.Rows> polls = new ArrayList<>();
        int rows = 0;
        while (System.nanoTime() < deadline) {
            Poll poll = partition.poll(Math.min(maxRows, enough - rows), 1 << 20, WAIT);
            if (poll instanceof Poll.End end) {
                return new Read(polls, end.last(), true);
            }
            if (poll instanceof Poll.Rows found) {
                polls.add(found);
                rows += found.rows().rowCount() + found.bad().size();
                if (rows >= enough) {
                    return new Read(polls, found.after(), false);
                }
            }
        }
        throw new AssertionError("only " + rows + " rows came within " + LONGEST);
    }

    @Override
    public void close() {
        source.close();
    }
}
