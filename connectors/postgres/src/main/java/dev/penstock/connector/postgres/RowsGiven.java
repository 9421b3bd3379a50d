package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangePosition.Leg;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Which rows of a transaction were given. When reading goes on within one, those before are passed over; they were
 * counted by the tables that were followed then, maybe others each time, and are told apart from those that come after
 * them until the transaction ends. Not thread safe.
 */
final class RowsGiven {
    private final Deque<Leg> left;
    private List<Leg> earlier;
    private long skip;
    private Set<Integer> counted = Set.of();
    private long given;

    /** Goes on at {@code start}. */
    RowsGiven(ChangeStart start) {
        this.earlier = start.position().earlier();
        this.left = new ArrayDeque<>(earlier);
        if (start.position().rows() > 0) {
            given = start.position().rows();
            left.add(new Leg(given, start.counted()));
        }
        next();
    }

    private void next() {
        Leg leg = left.poll();
        skip = leg == null ? 0 : leg.rows();
        counted = leg == null ? Set.of() : leg.counted();
    }

    /** Whether what comes next was given before. */
    boolean isSkipping() {
        return skip > 0;
    }

    /** Whether what comes next counts if it is of the table with object id {@code id}, while rows are passed over. */
    boolean counted(int id) {
        return counted.contains(id);
    }

    /** How many rows were given by the tables that are followed now. */
    long count() {
        return given;
    }

    /** What was given before those, by other tables. */
    List<Leg> earlier() {
        return earlier;
    }

    /** Counts a row; whether it was given before. */
    boolean isKnown() {
        if (skip == 0) {
            given++;
            return false;
        }
        skip--;
        if (skip == 0) {
            next();
        }
        return true;
    }

    /** The transaction has ended. */
    void ended() {
        earlier = List.of();
        left.clear();
        given = 0;
        next();
    }
}
