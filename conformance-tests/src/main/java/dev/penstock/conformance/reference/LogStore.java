package dev.penstock.conformance.reference;

import dev.penstock.spi.data.Schema;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The logs of a {@link MemoryServer}, by name. Safe for use from any thread. */
final class LogStore {
    private final TreeMap<String, Log> logs = new TreeMap<>();

    synchronized void create(String name, Schema schema, int partitions) {
        logs.put(name, new Log(schema, partitions));
    }

    /**
     * The log of a name.
     *
     * @throws Refusal if there is none
     */
    synchronized Log log(String name) {
        Log log = logs.get(name);
        if (log == null) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "there is no log '" + name + "'");
        }
        return log;
    }

    synchronized void drop(String name) {
        logs.remove(name);
    }

    /** What is there under {@code prefix}, for an inventory. */
    synchronized Set<String> objects(String prefix) {
        Set<String> objects = new TreeSet<>();
        logs.forEach((name, log) -> {
            if (name.startsWith(prefix)) {
                objects.add("log:" + name);
                log.subscriptions().forEach(who -> objects.add("subscription:" + name + "/" + who));
            }
        });
        return objects;
    }
}
