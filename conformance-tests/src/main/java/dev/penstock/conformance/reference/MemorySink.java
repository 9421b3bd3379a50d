package dev.penstock.conformance.reference;

import dev.penstock.conformance.reference.TableClient.Described;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Routing;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Optional;

/**
 * Writes to a table of a memory server: the rows of each writer and epoch go to a transaction of their own, which the
 * committer commits together with a mark.
 */
class MemorySink implements Sink {
    private final MemorySinkSettings settings;
    private Optional<Opened> opened = Optional.empty();
    private boolean closed;
    private Optional<TablePlan> planned = Optional.empty();

    MemorySink(MemorySinkSettings settings) {
        this.settings = settings;
    }

    /** What is known once the sink is open. */
    private record Opened(TableClient client, long generation) {}

    @Override
    public void open(ConnectorContext context) {
        if (opened.isPresent() || closed) {
            throw new IllegalStateException("Cannot open the sink: it " + (closed ? "is closed" : "is open already"));
        }
        TableClient client = new TableClient(settings);
        try {
            client.describe();
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
        opened = Optional.of(new Opened(client, context.generation()));
    }

    private Opened opened() {
        return opened.orElseThrow(() -> new IllegalStateException("Cannot use a sink that is not open"));
    }

    private TablePlan planned() {
        return planned.orElseThrow(() -> new IllegalStateException("Cannot write before the columns are planned"));
    }

    @Override
    public SinkPlan plan(Schema input, WriteMode mode) {
        Optional<Described> there = opened().client().describe();
        TablePlan plan = new TablePlan(input, mode, there);
        SinkPlan answer = plan.answer();
        if (!(answer instanceof SinkPlan.Reject)) {
            planned = Optional.of(plan);
        }
        return answer;
    }

    /** Makes the table, or makes it fit the columns that were planned. */
    @Override
    public void provision() {
        TableClient client = opened().client();
        TablePlan plan = planned();
        if (client.describe().isEmpty()) {
            client.create(plan.wanted(), plan.mode().key());
        }
        if (!plan.changes().isEmpty()) {
            client.alter(plan.changes());
        }
    }

    @Override
    public void deprovision() {
        opened().client().drop();
    }

    @Override
    public Routing routing() {
        return planned.filter(plan -> plan.mode().kind() == WriteMode.Kind.UPSERT)
                .<Routing>map(plan -> new Routing.ByKey(plan.mode().deleteBy()))
                .orElse(Routing.any());
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        MemorySinkWriter writer = new MemorySinkWriter(
                new TableClient(settings),
                slot,
                opened().generation(),
                planned().mode().deleteBy());
        try {
            writer.abortStrays();
            return writer;
        } catch (RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    @Override
    public SinkCommitter committer(String sinkId, String runId) {
        return committer(new TableClient(settings), sinkId, opened().generation());
    }

    SinkCommitter committer(TableClient client, String sinkId, long generation) {
        return new MemorySinkCommitter(client, sinkId, generation);
    }

    @Override
    public void close() {
        closed = true;
        opened.ifPresent(open -> open.client().close());
        opened = Optional.empty();
    }
}
