package dev.penstock.connector.postgres;

import dev.penstock.spi.ConnectorException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then, on a thread of its own, which tables there are: the stream says nothing of a table that was
 * dropped, and of one that was added not before it changes. What is found waits for the reader of changes.
 */
final class TableWatch implements AutoCloseable {
    private final ChangeSettings settings;
    private final Connections connections;
    private final ReplicationBuffer buffer;
    private final Map<Integer, TableName> known = new HashMap<>();
    private final Queue<News> news = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /** Something has become of a table. */
    sealed interface News {}

    /** There is one more. */
    record Added(ChangedTable table) implements News {}

    /**
     * There is one less.
     *
     * @param at up to where its changes may be in the log
     * @param dropped whether there is no such table any more; it may also be taken out of the publication
     */
    record Gone(int id, TableName name, long at, boolean dropped) implements News {}

    /** Watches beside {@code tables}; {@code buffer} is told when there is something new. */
    TableWatch(ChangeSettings settings, Connections connections, List<ChangedTable> tables, ReplicationBuffer buffer) {
        this.settings = settings;
        this.connections = connections;
        this.buffer = buffer;
        tables.forEach(table -> known.put(table.relation().id(), table.name()));
        this.thread = new Thread(this::run, "penstock-tables-" + settings.slot());
        thread.setDaemon(true);
        thread.start();
    }

    /** What was found first and not {@linkplain #heeded heeded} yet, or null. */
    @Nullable News peek() {
        return news.peek();
    }

    /** What {@link #peek} gave is done. */
    void heeded() {
        news.remove();
    }

    private void run() {
        try {
            while (!closed) {
                TimeUnit.NANOSECONDS.sleep(settings.reading().tableInterval().toNanos());
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is closed
        }
    }

    /** Who cannot look now looks again later: the stream tells what is wrong with the server. */
    private void look() {
        try (Connection connection = connections.open()) {
            ChangeServer server = new ChangeServer(connection, settings);
            Map<Integer, TableName> now = server.published();
            for (Map.Entry<Integer, TableName> table : Map.copyOf(known).entrySet()) {
                if (!now.containsKey(table.getKey())) {
                    gone(server, table.getKey(), table.getValue());
                }
            }
            for (Map.Entry<Integer, TableName> table : now.entrySet()) {
                if (!known.containsKey(table.getKey())) {
                    added(server, table.getValue());
                }
            }
        } catch (SQLException | ConnectorException e) {
            // See above.
        }
    }

    private void gone(ChangeServer server, int id, TableName name) throws SQLException {
        long written = server.written();
        boolean isDropped =
                server.find(name).filter(table -> table.relation().id() == id).isEmpty();
        known.remove(id);
        tell(new Gone(id, name, written, isDropped));
    }

    private void added(ChangeServer server, TableName name) throws SQLException {
        Optional<ChangedTable> found = server.find(name);
        if (found.isPresent()) {
            server.awaitWriters(found.get());
            known.put(found.get().relation().id(), name);
            tell(new Added(found.get()));
        }
    }

    private void tell(News about) {
        news.add(about);
        buffer.poke();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
