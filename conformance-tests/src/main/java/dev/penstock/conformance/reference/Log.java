package dev.penstock.conformance.reference;

import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A log: partitions of entries, and how far each subscription is done with them. Safe for use from any thread. */
final class Log {
    private final Schema schema;
    private final List<LogPartition> partitions = new ArrayList<>();
    private final Map<String, Subscription> subscriptions = new TreeMap<>();

    Log(Schema schema, int partitions) {
        this.schema = schema;
        for (int index = 0; index < partitions; index++) {
            this.partitions.add(new LogPartition());
        }
    }

    Schema schema() {
        return schema;
    }

    /** Who reads, and how far it is done. */
    private static final class Subscription {
        private final boolean prunes;
        private final Map<Integer, LogPosition> released = new TreeMap<>();

        Subscription(boolean prunes) {
            this.prunes = prunes;
        }
    }

    /** The numbers of the partitions there are. */
    synchronized List<Integer> partitions() {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < partitions.size(); number++) {
            if (!partitions.get(number).isRemoved()) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    synchronized void addPartition() {
        partitions.add(new LogPartition());
    }

    synchronized void removePartition(int number) {
        partition(number).remove();
        notifyAll();
    }

    private LogPartition partition(int number) {
        if (number < 0 || number >= partitions.size()) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "there is no partition " + number);
        }
        return partitions.get(number);
    }

    synchronized void append(int number, List<String> keys, List<byte[]> contents) {
        partition(number).append(keys, contents);
        notifyAll();
    }

    synchronized void expire(int number, int count) {
        partition(number).expire(count);
    }

    synchronized LogPosition earliest(int number) {
        return partition(number).earliest();
    }

    synchronized LogPosition end(int number) {
        return partition(number).end();
    }

    synchronized LogPosition since(int number, long millis) {
        return partition(number).since(millis);
    }

    /** What to read: entries from a place on. */
    record Reading(int partition, LogPosition from, int maxEntries, long maxBytes) {}

    /** Entries of a partition; waits up to {@code waitMillis} for the first. */
    synchronized List<LogEntry> read(Reading reading, long waitMillis) {
        long deadline = System.nanoTime() + waitMillis * 1_000_000;
        LogPartition partition = partition(reading.partition);
        List<LogEntry> found = partition.read(reading.from, reading.maxEntries, reading.maxBytes);
        long left = waitMillis;
        while (found.isEmpty() && left > 0) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return found;
            }
            found = partition.read(reading.from, reading.maxEntries, reading.maxBytes);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
        return found;
    }

    /** The rows of a partition as they were at the place to read from, by key, those after {@code key} only. */
    synchronized List<LogEntry> table(Reading reading, String key) {
        return partition(reading.partition).table(reading.from, key, reading.maxEntries, reading.maxBytes);
    }

    /** Adds a subscription, unless it is there; what one that prunes has released cannot be read any more. */
    synchronized void subscribe(String name, boolean prunes) {
        subscriptions.putIfAbsent(name, new Subscription(prunes));
    }

    synchronized void unsubscribe(String name) {
        subscriptions.remove(name);
    }

    synchronized List<String> subscriptions() {
        return List.copyOf(subscriptions.keySet());
    }

    /** Takes note that a subscription is done with everything before {@code position}; never goes back. */
    synchronized void release(String name, int number, LogPosition position) {
        Subscription subscription = subscription(name);
        LogPosition before = subscription.released.getOrDefault(number, LogPosition.START);
        if (position.compareTo(before) > 0) {
            subscription.released.put(number, position);
            if (subscription.prunes) {
                partition(number).expire(partition(number).before(position));
            }
        }
    }

    private Subscription subscription(String name) {
        Subscription subscription = subscriptions.get(name);
        if (subscription == null) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "there is no subscription '" + name + "'");
        }
        return subscription;
    }

    /** How many entries of a partition all subscriptions are done with. */
    synchronized int released(int number) {
        return subscriptions.values().stream()
                .map(subscription -> subscription.released.getOrDefault(number, LogPosition.START))
                .mapToInt(partition(number)::before)
                .min()
                .orElse(0);
    }
}
