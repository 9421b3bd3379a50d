package dev.penstock.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.penstock.local.LocalDebezium;
import dev.penstock.local.LocalPostgres;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The engine of Debezium as a contender, on the jars of the local server. */
final class PostgresDebezium {
    private static final String NAME = "debezium";
    private static final String STREAM = "no_data";
    private static final String SNAPSHOT = "initial_only";

    private PostgresDebezium() {}

    /** Reads a log of changes. */
    static Contender stream(String url, PostgresChanges changes) throws IOException {
        return contender(
                changes.changes(),
                url,
                STREAM,
                PostgresChanges.PUBLICATION,
                changes.allTables() ? "public.pgbench_.*" : "public.pgbench_accounts",
                changes.warm(),
                changes.warmChanges(),
                changes.whole(),
                changes.changes());
    }

    /** Reads a table of {@code rows} rows, once to warm up. */
    static Contender snapshot(String url, String table, long rows) throws IOException {
        String slot = PostgresSlot.NONE;
        return contender(rows, url, SNAPSHOT, "bench_debezium", "public." + table, slot, rows, slot, rows);
    }

    /** A JVM with what Debezium runs on, and as much heap as ours. */
    private static Contender contender(long units, String url, Object... further) throws IOException {
        LocalPostgres postgres = PostgresData.server();
        Path ours = Path.of(System.getProperty("class-path.arguments"));
        Path theirs = ours.resolveSibling("debezium.arguments");
        List<String> jars = new ArrayList<>();
        jars.add(ours.resolveSibling("classes").toString());
        try (var copied = Files.list(ours.resolveSibling(NAME))) {
            copied.map(Path::toString).forEach(jars::add);
        }
        try (InputStream list = LocalDebezium.class.getResourceAsStream("debezium.class-path")) {
            jars.add(new String(requireNonNull(list, "the jars of Debezium").readAllBytes(), UTF_8).strip());
        }
        Files.writeString(theirs, "-cp \"" + String.join(File.pathSeparator, jars) + "\"\n");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(KafkaData.ours());
        command.addAll(List.of("@" + theirs, PostgresDebeziumEngine.class.getName()));
        command.addAll(List.of(url, String.valueOf(postgres.port()), postgres.user(), postgres.database()));
        List.of(further).forEach(argument -> command.add(argument.toString()));
        return new Contender(NAME, command, units);
    }
}
