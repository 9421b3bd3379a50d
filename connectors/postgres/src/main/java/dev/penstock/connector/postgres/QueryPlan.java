package dev.penstock.connector.postgres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What all partitions of a query have agreed on: where each of them begins, and where the last one ends.
 *
 * @param round counts the plans of a pipeline; a bounded run makes one if the one before is done
 * @param starts of the partitions, in their order; each ends where the next one begins
 * @param end of the last one; empty if it finds its ends itself, as one that follows does
 */
record QueryPlan(long round, List<QueryEdge> starts, Optional<QueryEdge> end) {
    QueryPlan {
        starts = List.copyOf(starts);
    }

    int partitions() {
        return starts.size();
    }

    boolean isLast(int index) {
        return index == starts.size() - 1;
    }

    /** Where a partition ends; empty if it finds that out itself. */
    Optional<QueryEdge> end(int index) {
        return isLast(index) ? end : Optional.of(starts.get(index + 1));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(round);
        out.writeShort(starts.size());
        for (QueryEdge start : starts) {
            start.write(out);
        }
        write(out, end);
    }

    static void write(DataOutputStream out, Optional<QueryEdge> edge) throws IOException {
        out.writeBoolean(edge.isPresent());
        if (edge.isPresent()) {
            edge.get().write(out);
        }
    }

    static QueryPlan read(DataInputStream in) throws IOException {
        long round = in.readLong();
        int count = in.readUnsignedShort();
        List<QueryEdge> starts = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            starts.add(QueryEdge.read(in));
        }
        return new QueryPlan(round, starts, readOptional(in));
    }

    static Optional<QueryEdge> readOptional(DataInputStream in) throws IOException {
        return in.readBoolean() ? Optional.of(QueryEdge.read(in)) : Optional.empty();
    }
}
