package dev.penstock.connector.postgres;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a partition of a query is read on.
 *
 * @param of what was read
 * @param plan what all partitions have agreed on
 * @param index which of them it is
 * @param at where reading goes on
 * @param until where the rows end that are being read; empty if that is not known yet
 * @param settled whether no transaction can add rows before {@code until} any more
 */
record QueryState(Subject of, QueryPlan plan, int index, QueryEdge at, Optional<QueryEdge> until, boolean settled) {
    private static final int VERSION = 1;

    /**
     * What a position means something of.
     *
     * @param relation the object id of the table; 0 of a query
     * @param order the names of the columns that rows are ordered by
     */
    record Subject(int relation, List<String> order) {
        Subject {
            order = List.copyOf(order);
        }
    }

    /** Where partition {@code index} of {@code plan} begins. */
    static QueryState start(Subject of, QueryPlan plan, int index) {
        return new QueryState(of, plan, index, plan.starts().get(index), plan.end(index), false);
    }

    /** The same place in another table. */
    QueryState in(int relation) {
        return new QueryState(new Subject(relation, of.order()), plan, index, at, until, settled);
    }

    /** Behind a row. */
    QueryState at(QueryEdge place) {
        return new QueryState(of, plan, index, place, until, settled);
    }

    /** From now on all rows up to {@code end} can be read. */
    QueryState settledUntil(QueryEdge end) {
        return new QueryState(of, plan, index, at, Optional.of(end), true);
    }

    /** All rows up to the end were given. */
    QueryState done() {
        return new QueryState(of, plan, index, until.orElse(at), until, settled);
    }

    boolean isDone() {
        return until.isPresent() && at.equals(until.get());
    }

    ResumeState encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(of.relation());
            out.writeShort(of.order().size());
            for (String name : of.order()) {
                out.writeUTF(name);
            }
            plan.write(out);
            out.writeShort(index);
            at.write(out);
            QueryPlan.write(out, until);
            out.writeBoolean(settled);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResumeState(VERSION, bytes.toByteArray());
    }

    static QueryState decode(String partition, ResumeState state) {
        String thing = "partition '" + partition + "'";
        if (state.version() != VERSION) {
            throw new StateVersionException(thing, state.version(), VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.bytes()))) {
            int relation = in.readInt();
            List<String> order = new ArrayList<>();
            for (int count = in.readUnsignedShort(); count > 0; count--) {
                order.add(in.readUTF());
            }
            QueryPlan plan = QueryPlan.read(in);
            QueryState decoded = new QueryState(
                    new Subject(relation, order),
                    plan,
                    in.readUnsignedShort(),
                    QueryEdge.read(in),
                    QueryPlan.readOptional(in),
                    in.readBoolean());
            if (in.read() >= 0 || decoded.index >= plan.partitions()) {
                throw new IOException("it does not end where it should");
            }
            return decoded;
        } catch (IOException e) {
            throw new StateVersionException(thing, e);
        }
    }

    /** What it says, for people. */
    Map<String, String> described() {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("order", String.join(", ", of.order()));
        described.put("round", String.valueOf(plan.round()));
        described.put("range", (index + 1) + " of " + plan.partitions());
        described.put("position", at.shown());
        until.ifPresent(end -> described.put("until", end.shown()));
        if (until.isPresent() && !settled && !isDone()) {
            described.put("waits", "for transactions that are open");
        }
        return described;
    }
}
