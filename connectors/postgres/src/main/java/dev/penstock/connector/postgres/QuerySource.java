package dev.penstock.connector.postgres;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a table or a query in the order of a cursor, in ranges side by side, up to an end or on and on. */
final class QuerySource implements Source {
    private static final int FORM_OF_DESCRIPTORS = 1;

    private final ConnectionSettings connection;
    private final QuerySettings settings;
    private volatile @Nullable Opened opened;
    private volatile Optional<QueryPlan> plan = Optional.empty();
    private volatile Optional<QueryState> resumed = Optional.empty();
    private volatile boolean closed;

    QuerySource(ConnectionSettings connection, QuerySettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    private record Opened(QuerySessions sessions, QueryShape shape) {}

    /** Something that is done with a connection. */
    @FunctionalInterface
    private interface Task<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T ask(QuerySessions sessions, Task<T> task) {
        Connection open = sessions.open();
        try {
            return task.run(open);
        } catch (SQLException e) {
            throw sessions.failure("Cannot look at " + settings.what().shown(), open, e);
        } finally {
            sessions.close(open);
        }
    }

    @Override
    public void open(ConnectorContext context) {
        if (closed || opened != null) {
            throw new IllegalStateException("Cannot open a source that was opened before");
        }
        Connections connections = new Connections(connection, context);
        QuerySessions sessions = new QuerySessions(connections, settings, context.metrics(), context.clock());
        opened = new Opened(sessions, ask(sessions, open -> new QueryCatalog(open, settings).describe()));
    }

    private Opened opened() {
        Opened now = opened;
        if (now == null) {
            throw new IllegalStateException("Cannot use a source that is not open");
        }
        return now;
    }

    @Override
    public Schema schema() {
        return opened().shape().table().schema();
    }

    /**
     * A run that was interrupted goes on with its plan, whatever has come since and whatever the settings say of
     * ranges; one that was not is followed by another plan, which begins where it has ended.
     */
    @Override
    public void restored(Map<String, ResumeState> known) {
        opened();
        List<QueryState> states = known.entrySet().stream()
                .map(entry -> QueryState.decode(entry.getKey(), entry.getValue()))
                .toList();
        long newest =
                states.stream().mapToLong(state -> state.plan().round()).max().orElse(-1);
        List<QueryState> last =
                states.stream().filter(state -> state.plan().round() == newest).toList();
        if (!last.isEmpty()) {
            QueryPlan agreed = last.get(0).plan();
            long done = last.stream().filter(QueryState::isDone).count();
            boolean isOver = !settings.reading().follow() && done == agreed.partitions();
            plan = isOver ? Optional.empty() : Optional.of(agreed);
            resumed =
                    last.stream().filter(state -> agreed.isLast(state.index())).findFirst();
        }
    }

    @Override
    public synchronized Discovery discover(Duration maxWait) {
        Opened now = opened();
        QueryPlan found = plan.orElseGet(() -> ask(now.sessions(), open -> next(open, now.shape())));
        plan = Optional.of(found);
        List<Partition> partitions = new ArrayList<>();
        for (int index = 0; index < found.partitions(); index++) {
            byte[] descriptor = QueryState.start(now.shape().subject(), found, index)
                    .encode()
                    .bytes();
            boolean bounded = !settings.reading().follow() || !found.isLast(index);
            partitions.add(new Partition(id(index), descriptor, bounded));
        }
        return new Discovery(partitions, true);
    }

    private static String id(int index) {
        return "range-" + (index + 1);
    }

    private QueryPlan next(Connection open, QueryShape shape) throws SQLException {
        QueryStatements statements = new QueryStatements(settings, shape);
        QueryRanges ranges = new QueryRanges(open, settings, statements);
        if (resumed.isEmpty()) {
            return ranges.plan(0, QueryEdge.BEGINNING);
        }
        QueryState last = resumed.get();
        QuerySettling.requireSame(id(last.index()), settings, last, shape);
        return ranges.plan(last.plan().round() + 1, last.at());
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        Opened now = opened();
        String name = partition.id();
        QueryState planned = QueryState.decode(name, new ResumeState(FORM_OF_DESCRIPTORS, partition.descriptor()));
        QueryState state = resumeFrom
                .map(from -> QueryState.decode(name, from))
                .filter(from -> from.plan().round() >= planned.plan().round())
                .map(from -> accepted(from, now.shape()))
                .orElse(planned);
        QueryReader reader = new QueryReader(name, settings, now.sessions(), state);
        boolean isOver = state.isDone() && !reader.readsOn();
        return new QueryPartition(name, state, reader.buffer(), isOver ? null : reader.start());
    }

    /** From now on it is a place in the table that there is now, if one that was replaced is to be read on. */
    private QueryState accepted(QueryState state, QueryShape shape) {
        return settings.policies().replaced() == QuerySettings.WhenReplaced.CONTINUE
                ? state.in(shape.table().relation().id())
                : state;
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        return QueryState.decode("", state).described();
    }

    @Override
    public void close() {
        opened = null;
        closed = true;
    }
}
