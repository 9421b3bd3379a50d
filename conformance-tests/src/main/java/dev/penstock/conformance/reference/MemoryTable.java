package dev.penstock.conformance.reference;

import dev.penstock.conformance.reference.Refusal.Kind;
import dev.penstock.conformance.reference.TableRows.Entry;
import dev.penstock.spi.data.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One table of the server. What is staged in a transaction is seen by nobody; a commit makes all rows of its
 * transactions visible at one instant, and in the same instant sets properties of the table, so that a client can find
 * out later what it committed.
 *
 * <p>Threads: any; one at a time.
 */
final class MemoryTable {
    private final List<String> key;
    private final Map<String, TableColumn> columns = new LinkedHashMap<>();
    private final Map<String, Map<String, @Nullable String>> rows = new LinkedHashMap<>();
    private final Map<String, Transaction> transactions = new LinkedHashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final List<String> history = new ArrayList<>();
    private long owner = Long.MIN_VALUE;
    private long appended;

    MemoryTable(List<TableColumn> columns, List<String> key) {
        this.key = List.copyOf(key);
        alter(columns);
    }

    /**
     * A place in a transaction.
     *
     * @param transaction its name
     * @param rows how many rows stand before the place
     */
    record Place(String transaction, int rows) {}

    /**
     * A row that was staged.
     *
     * @param unchanged the columns that keep the value they had
     */
    private record Change(Operation operation, Map<String, @Nullable String> values, Set<String> unchanged) {
        /** What becomes of the row that was there before; null if there was none, and there is none now. */
        @Nullable Map<String, @Nullable String> over(@Nullable Map<String, @Nullable String> before) {
            if (unchanged.isEmpty() || before == null) {
                return unchanged.isEmpty() ? values : null;
            }
            Map<String, @Nullable String> row = new LinkedHashMap<>(values);
            unchanged.forEach(name -> row.put(name, before.get(name)));
            return row;
        }
    }

    /** What is staged, and whether more may come. */
    private static final class Transaction {
        private final List<String> deleteBy;
        private final List<Change> changes = new ArrayList<>();
        private boolean prepared;

        Transaction(List<String> deleteBy) {
            this.deleteBy = deleteBy;
        }

        void cut(int rows) {
            changes.subList(Math.min(rows, changes.size()), changes.size()).clear();
        }
    }

    synchronized List<TableColumn> columns() {
        return List.copyOf(columns.values());
    }

    List<String> key() {
        return key;
    }

    /** Adds columns and widens those that are there; what is in the table stays. */
    synchronized void alter(List<TableColumn> wanted) {
        for (TableColumn column : wanted) {
            TableColumn there = columns.get(column.name());
            if (!column.isKnown() || (there != null && !column.takesAllOf(there))) {
                throw new Refusal(Kind.INVALID, "column '" + column.name() + "' cannot become " + column.type());
            }
            columns.put(column.name(), column);
        }
    }

    /** From now on nobody may write with a lower generation. */
    synchronized void claim(long generation) {
        checkOwner(generation);
        owner = generation;
    }

    private void checkOwner(long generation) {
        if (generation < owner) {
            throw new Refusal(Kind.FENCED, "generation " + owner + " owns it, and this is " + generation);
        }
    }

    /**
     * Takes rows into a transaction, which it begins if need be; gives why those that it does not take are not. What
     * stands behind the place is thrown away first, so that a request may be repeated whose reply was lost.
     */
    synchronized Map<Integer, String> stage(long generation, Place place, TableRows staged, List<String> deleteBy) {
        checkOwner(generation);
        staged.columns().forEach(this::checkColumn);
        Transaction transaction = transactions.computeIfAbsent(place.transaction, fresh -> new Transaction(deleteBy));
        if (transaction.prepared) {
            throw new Refusal(Kind.INVALID, "transaction '" + place.transaction + "' is prepared");
        }
        transaction.cut(place.rows);
        Map<Integer, String> rejected = new LinkedHashMap<>();
        for (int index = 0; index < staged.entries().size(); index++) {
            Entry entry = staged.entries().get(index);
            Change change = change(staged.columns(), entry);
            Optional<String> complaint = complaint(change, transaction.deleteBy);
            if (complaint.isPresent()) {
                rejected.put(index, complaint.get());
            } else {
                transaction.changes.add(change);
            }
        }
        return rejected;
    }

    private void checkColumn(String name) {
        if (!columns.containsKey(name)) {
            throw new Refusal(Kind.INVALID, "there is no column '" + name + "'");
        }
    }

    private static Change change(List<String> names, Entry entry) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        Set<String> unchanged = new HashSet<>();
        for (int column = 0; column < names.size(); column++) {
            values.put(names.get(column), entry.values().get(column));
            if (entry.unchanged().contains(column)) {
                unchanged.add(names.get(column));
            }
        }
        return new Change(entry.operation(), values, unchanged);
    }

    private Optional<String> complaint(Change change, List<String> deleteBy) {
        boolean delete = change.operation == Operation.DELETE;
        if (key.isEmpty() && (delete || change.operation == Operation.UPDATE)) {
            return Optional.of("the table has no key, and takes no " + change.operation);
        }
        for (TableColumn column : columns.values()) {
            String name = column.name();
            boolean mayStay = change.unchanged.contains(name) && !key.contains(name);
            boolean looked = delete ? deleteBy.contains(name) : !mayStay;
            Optional<String> complaint = looked ? column.complaint(change.values.get(name)) : Optional.empty();
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }

    /** Lets no more rows into a transaction than those before the place. */
    synchronized void prepare(long generation, Place end) {
        checkOwner(generation);
        Transaction transaction = transactions.get(end.transaction);
        if (transaction == null) {
            throw new Refusal(Kind.NOT_FOUND, "there is no transaction '" + end.transaction + "'");
        }
        transaction.cut(end.rows);
        transaction.prepared = true;
    }

    /** Makes all of {@code names} visible, in that order, and sets {@code marks}; all of it or nothing. */
    synchronized void commit(long generation, List<String> names, Map<String, String> marks) {
        checkOwner(generation);
        for (String name : names) {
            Transaction transaction = transactions.get(name);
            if (transaction == null || !transaction.prepared) {
                throw new Refusal(Kind.NOT_FOUND, "there is no prepared transaction '" + name + "'");
            }
        }
        for (String name : names) {
            Transaction transaction = transactions.remove(name);
            if (transaction != null) {
                apply(transaction);
                history.add(name);
            }
        }
        properties.putAll(marks);
    }

    private void apply(Transaction transaction) {
        for (Change change : transaction.changes) {
            if (change.operation == Operation.DELETE) {
                rows.values().removeIf(row -> same(row, change.values, transaction.deleteBy));
            } else {
                rows.compute(id(change.values), (id, before) -> change.over(before));
            }
        }
    }

    private String id(Map<String, @Nullable String> values) {
        return key.isEmpty()
                ? String.valueOf(appended++)
                : key.stream().map(values::get).toList().toString();
    }

    private static boolean same(
            Map<String, @Nullable String> row, Map<String, @Nullable String> values, List<String> names) {
        return names.stream().allMatch(name -> Objects.equals(row.get(name), values.get(name)));
    }

    /** Throws a transaction away; nothing happens if there is none. */
    synchronized void abort(String name) {
        transactions.remove(name);
    }

    /** Everything that was begun and neither committed nor aborted; whether it is prepared. */
    synchronized Map<String, Boolean> transactions() {
        Map<String, Boolean> open = new LinkedHashMap<>();
        transactions.forEach((name, transaction) -> open.put(name, transaction.prepared));
        return open;
    }

    synchronized Optional<String> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    /** The transactions that were committed since the last {@link #maintain}. */
    synchronized List<String> history() {
        return List.copyOf(history);
    }

    /** What administrators do: forgets what was committed when; the rows and the properties stay. */
    synchronized void maintain() {
        history.clear();
    }

    synchronized TableRows rows() {
        List<String> names = List.copyOf(columns.keySet());
        List<Entry> entries = new ArrayList<>();
        for (Map<String, @Nullable String> row : rows.values()) {
            List<@Nullable String> values = new ArrayList<>();
            names.forEach(name -> values.add(row.get(name)));
            entries.add(new Entry(Operation.READ, values, Set.of()));
        }
        return new TableRows(names, entries);
    }
}
