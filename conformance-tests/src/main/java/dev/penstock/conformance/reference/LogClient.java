package dev.penstock.conformance.reference;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be asked about a log, in the words of the connector; failures are {@link ConnectorException}s.
 *
 * <p><b>Threads:</b> one at a time; {@link #interrupt} and {@link #close} from any.
 */
final class LogClient implements AutoCloseable {
    private final MemorySourceSettings settings;
    private final MemoryConnection connection;

    LogClient(MemorySourceSettings settings) {
        this.settings = requireNonNull(settings, "settings");
        this.connection = new MemoryConnection(settings.server());
    }

    Schema schema() {
        return SchemaText.read(new String(ask("open", "log.schema").get(0), StandardCharsets.UTF_8));
    }

    List<Integer> partitions() {
        return ask("list the partitions of", "log.partitions").stream()
                .map(number -> Math.toIntExact(Frames.number(number)))
                .toList();
    }

    /** Where to begin; {@code which} is {@code earliest}, {@code latest} or a number of milliseconds since 1970. */
    LogPosition position(int partition, String which) {
        return LogPosition.of(ask("find a position in", "log.position", Frames.number(partition), Frames.text(which))
                .get(0));
    }

    /**
     * The next entries; waits for the first up to {@code maxWait}, or less if a reply may not take that long.
     *
     * @throws Refusal if they are expired, or partition or log are gone
     */
    List<LogEntry> read(Log.Reading reading, Duration maxWait) {
        long most = settings.server().timeout().toMillis() / 2;
        byte[] wait = Frames.number(Math.min(maxWait.toMillis(), most));
        List<byte[]> reply = askOrRefuse("read", "log.read", arguments(reading, wait));
        return reply.stream().map(LogEntry::of).toList();
    }

    private static byte[][] arguments(Log.Reading reading, byte[] last) {
        return new byte[][] {
            Frames.number(reading.partition()),
            reading.from().toBytes(),
            Frames.number(reading.maxEntries()),
            Frames.number(reading.maxBytes()),
            last
        };
    }

    /** The rows of a partition as they were at the position to read from, by key, those after {@code key}. */
    List<TableRow> table(Log.Reading reading, String key) {
        List<byte[]> reply = ask("read the table of", "log.table", arguments(reading, Frames.text(key)));
        List<TableRow> rows = new ArrayList<>();
        for (int index = 0; index < reply.size(); index += 2) {
            rows.add(new TableRow(
                    new String(reply.get(index), StandardCharsets.UTF_8), LogEntry.of(reply.get(index + 1))));
        }
        return rows;
    }

    /**
     * A row of a table.
     *
     * @param key what the table is ordered by
     * @param entry the last that was appended for the key
     */
    record TableRow(String key, LogEntry entry) {}

    void subscribe() {
        ask("subscribe to", "log.subscribe", subscription(), Frames.number(settings.prune() ? 1 : 0));
    }

    void unsubscribe() {
        ask("unsubscribe from", "log.unsubscribe", subscription());
    }

    /** Tells the server that everything before {@code position} is safe here. */
    void release(int partition, LogPosition position) {
        ask("release rows of", "log.release", subscription(), Frames.number(partition), position.toBytes());
    }

    private byte[] subscription() {
        return Frames.text(settings.subscription());
    }

    private List<byte[]> ask(String doing, String verb, byte[]... arguments) {
        try {
            return askOrRefuse(doing, verb, arguments);
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.NOT_FOUND) {
                throw new ConfigException(
                        MemorySourceSettings.LOG.name(),
                        Problem.Code.NOT_FOUND,
                        "Cannot " + doing + " " + settings + ": " + refusal.getMessage(),
                        "correct the name, or create it");
            }
            throw MemoryFailure.of(doing, settings.toString(), refusal);
        }
    }

    /**
     * As the other, but the server may refuse because something is gone; what else it refuses for is thrown as there.
     */
    private List<byte[]> askOrRefuse(String doing, String verb, byte[]... arguments) {
        byte[][] all = new byte[arguments.length + 1][];
        all[0] = Frames.text(settings.log());
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try {
            return connection.call(verb, all);
        } catch (IOException e) {
            throw MemoryFailure.of(doing, settings.toString(), e);
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.NOT_FOUND || refusal.kind() == Refusal.Kind.EXPIRED) {
                throw refusal;
            }
            throw MemoryFailure.of(doing, settings.toString(), refusal);
        }
    }

    /** Ends a call that waits; it fails with a {@link dev.penstock.spi.RetryableException}. */
    void interrupt() {
        connection.interrupt();
    }

    @Override
    public void close() {
        connection.close();
    }
}
