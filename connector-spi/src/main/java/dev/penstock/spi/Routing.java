package dev.penstock.spi;

import java.util.List;

/** How rows must be divided among the writers of a sink. */
public sealed interface Routing {
    /** Any writer takes any row. */
    static Routing any() {
        return new Any();
    }

    /** Any writer takes any row. */
    record Any() implements Routing {}

    /** Rows with equal values in these columns go to one writer, in order (SA-04). */
    record ByKey(List<String> columns) implements Routing {
        public ByKey {
            columns = List.copyOf(columns);
        }
    }

    /** There is one writer, whatever the parallelism. */
    record Single() implements Routing {}
}
