package dev.penstock.benchmarks;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;

/** Reads a replication stream with the driver, counts the changes and throws them away. */
final class PostgresRawStream {
    private static final String SLOT = "bench_raw";

    private PostgresRawStream() {}

    /** Arguments: the server, the slots to read when warming up and whole, and how many changes each has. */
    public static void main(String[] arguments) throws SQLException {
        long changes = Long.parseLong(arguments[4]);
        read(arguments[0], arguments[1], Long.parseLong(arguments[3]));
        Measured measured = Measured.start();
        long bytes = read(arguments[0], arguments[2], changes);
        measured.print(changes);
        System.out.println(bytes + " bytes");
    }

    private static long read(String url, String origin, long changes) throws SQLException {
        try (PostgresSlot slot = PostgresSlot.copy(url, origin, SLOT);
                Connection connection = connect(url)) {
            PGReplicationStream stream = stream(connection, slot.name());
            long bytes = 0;
            long left = changes;
            while (left > 0) {
                ByteBuffer message = stream.read();
                bytes += message.remaining();
                char kind = (char) message.get(message.position());
                if (kind == 'I' || kind == 'U' || kind == 'D') {
                    left--;
                }
            }
            connection.abort(Runnable::run); // a farewell would wait for what the server has to send
            return bytes;
        }
    }

    private static Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        return requireNonNull(new Driver().connect(url, properties), "connection");
    }

    private static PGReplicationStream stream(Connection connection, String slot) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(slot)
                .withAutomaticFlush(false)
                .withSlotOption("proto_version", 2)
                .withSlotOption("publication_names", PostgresChanges.PUBLICATION)
                .withSlotOption("binary", true)
                .withSlotOption("messages", true)
                .start();
    }
}
