package dev.penstock.local;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Runs a Debezium for people while a command runs; they call it {@code examples/local-servers/debezium}. It reads the
 * PostgreSQL at {@code $POSTGRES} and writes to the Kafka at {@code $KAFKA}.
 */
public final class DebeziumCommand {
    private static final String PREFIX = "shop";
    private static final int USAGE = 2;

    private DebeziumCommand() {}

    /** Runs the command in {@code args} once all that was in the database is in topics; never returns. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String kafka = System.getenv().getOrDefault("KAFKA", "");
        String postgres = System.getenv().getOrDefault("POSTGRES", "");
        if (args.length == 0 || args[0].startsWith("-") || kafka.isEmpty() || postgres.isEmpty()) {
            System.err.printf("""
                    Usage: debezium COMMAND [ARGUMENT ...]
                    Runs Debezium while COMMAND runs: from the PostgreSQL at $POSTGRES (wal_level = logical) to
                    topics %s.SCHEMA.TABLE of the Kafka at $KAFKA. COMMAND begins when all that is there has been read.
                    """, PREFIX);
            System.exit(args.length > 0 && args[0].equals("--help") ? 0 : USAGE);
        }
        String user = System.getenv().getOrDefault("POSTGRES_USER", "postgres");
        LocalDebezium debezium =
                LocalDebezium.start(kafka, Map.of(PREFIX, LocalDebezium.connector(postgres, user, PREFIX)));
        Runtime.getRuntime().addShutdownHook(new Thread(debezium::close, "debezium-close"));
        debezium.awaitStreaming();
        System.err.println("Debezium writes what changes at " + postgres + " to topics " + PREFIX + ".* at " + kafka);
        System.exit(new ProcessBuilder(List.of(args)).inheritIO().start().waitFor());
    }
}
