package dev.penstock.conformance.reference;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables of a {@link MemoryServer}, by name. Safe for use from any thread. */
final class TableStore {
    private final TreeMap<String, MemoryTable> tables = new TreeMap<>();

    /** Makes a table unless there is one of that name. */
    synchronized void create(String name, List<TableColumn> columns, List<String> key) {
        tables.computeIfAbsent(name, absent -> new MemoryTable(columns, key));
    }

    synchronized Optional<MemoryTable> find(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /**
     * The table of a name.
     *
     * @throws Refusal if there is none
     */
    MemoryTable table(String name) {
        return find(name).orElseThrow(() -> new Refusal(Refusal.Kind.NOT_FOUND, "there is no table '" + name + "'"));
    }

    synchronized void drop(String name) {
        tables.remove(name);
    }

    /** The tables under {@code prefix}, for an inventory. */
    synchronized Set<String> objects(String prefix) {
        Set<String> objects = new TreeSet<>();
        tables.keySet().stream().filter(name -> name.startsWith(prefix)).forEach(name -> objects.add("table:" + name));
        return objects;
    }

    /** The transactions in tables under {@code prefix} that nobody has ended, for an inventory. */
    synchronized Set<String> openTransactions(String prefix) {
        Set<String> open = new TreeSet<>();
        tables.forEach((name, table) -> {
            if (name.startsWith(prefix)) {
                table.transactions().keySet().forEach(transaction -> open.add(transactionObject(name, transaction)));
            }
        });
        return open;
    }

    /** How inventories call a transaction. */
    static String transactionObject(String table, String transaction) {
        return "transaction:" + table + "/" + transaction;
    }
}
