package dev.penstock.connector.kafka;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.Consumer;

/** The consumers of one source; made when they are needed. */
final class Fetchers implements AutoCloseable {
    private final SourceSettings.Fetching settings;
    private final RecordRows rows;
    private final String name;
    private final IntFunction<Consumer<ByteBuffer, ByteBuffer>> consumers;
    private final AtomicLong total = new AtomicLong();
    private final List<Fetcher> open = new ArrayList<>();
    private int made;
    private boolean closed;

    /**
     * No consumer yet.
     *
     * @param name of threads
     * @param consumers makes the consumer with a number
     */
    Fetchers(SourceSettings settings, String name, IntFunction<Consumer<ByteBuffer, ByteBuffer>> consumers) {
        this.settings = settings.fetching();
        this.rows = new RecordRows(settings);
        this.name = name;
        this.consumers = consumers;
    }

    /** The one with the fewest partitions. */
    synchronized Fetcher least() {
        if (closed) {
            throw new IllegalStateException("Cannot read from a source that is closed");
        }
        open.removeIf(fetcher -> {
            if (fetcher.isOpen()) {
                return false;
            }
            fetcher.close();
            return true;
        });
        Fetcher least = open.stream()
                .min(Comparator.comparingInt(Fetcher::size))
                .filter(fetcher -> open.size() >= settings.consumers() || fetcher.size() == 0)
                .orElse(null);
        if (least == null) {
            least = new Fetcher(
                    consumers.apply(made),
                    rows,
                    new PrefetchBudget(settings.prefetchBytes(), total),
                    "kafka-fetch-" + name + "-" + made);
            made++;
            open.add(least);
        }
        return least;
    }

    FetchBuffer buffer(PartitionName name, Position from) {
        return new FetchBuffer(name, from, total);
    }

    /** The bytes that were fetched and not read yet. */
    long bytes() {
        return total.get();
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.forEach(Fetcher::close);
        open.clear();
    }
}
