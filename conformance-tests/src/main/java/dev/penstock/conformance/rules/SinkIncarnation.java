package dev.penstock.conformance.rules;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Routing;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One incarnation of a pipeline that ends in the sink under test, driven by hand in the order that engines follow:
 * open, plan, provision, claim, open the writers, then epoch after epoch.
 *
 * <p>A sink that is {@link Capability#TRANSACTIONAL} is prepared and committed, any other is flushed; {@link #end} does
 * what fits, so that rules about sinks of both kinds need not ask.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class SinkIncarnation implements AutoCloseable {
    /** The name of the pipeline. */
    static final String PIPELINE = "conformance";
    /** The id of the step. */
    static final String STEP = "sink";
    /** The id of the sink, as in {@link WriterSlot}. */
    static final String SINK_ID = PIPELINE + "/" + STEP;

    private final SinkSide side;
    private final Life life;
    private final boolean transactional;
    private final Sink sink;
    private final List<SinkWriter> writers = new ArrayList<>();
    private Optional<SinkCommitter> committer = Optional.empty();
    private Routing routing = Routing.any();

    private SinkIncarnation(Trial trial, Life life, Sink sink) {
        this.side = trial.fixture().sink();
        this.life = life;
        this.transactional = trial.connector().descriptor().can(Capability.TRANSACTIONAL);
        this.sink = sink;
    }

    /** Begins a life with the valid settings, ready to write. */
    static SinkIncarnation start(Trial trial, Life life) {
        return start(trial, life, trial.settings());
    }

    /** Begins a life, ready to write. */
    static SinkIncarnation start(Trial trial, Life life, Map<String, Object> settings) {
        SinkIncarnation incarnation = claimed(trial, life, settings);
        try {
            incarnation.openWriters();
            return incarnation;
        } catch (RuntimeException e) {
            incarnation.close();
            throw e;
        }
    }

    /** Begins a life up to its claim; its writers are opened by {@link #openWriters}. */
    static SinkIncarnation claimed(Trial trial, Life life, Map<String, Object> settings) {
        Sink sink = trial.connector().sink(trial.config(settings));
        SinkIncarnation incarnation = new SinkIncarnation(trial, life, sink);
        try {
            sink.open(trial.context(STEP, life.generation()));
            incarnation.claim();
            return incarnation;
        } catch (RuntimeException e) {
            incarnation.close();
            throw e;
        }
    }

    private void claim() {
        if (sink.plan(side.schema(), life.mode()) instanceof SinkPlan.Reject reject) {
            throw new RuleViolation(
                    "plan rejected the columns of the fixture, " + side.schema() + ": " + reject.problems(),
                    "SinkSide.schema of the fixture, and Sink.plan");
        }
        sink.provision();
        routing = sink.routing();
        if (transactional) {
            SinkCommitter opened = sink.committer(SINK_ID, life.run());
            committer = Optional.of(opened);
            opened.claim();
        }
    }

    /** Opens the writers; a sink with {@link Routing.Single} gets one, whatever was asked for. */
    void openWriters() {
        int count = routing instanceof Routing.Single ? 1 : life.writers();
        for (int index = 0; index < count; index++) {
            WriterSlot slot = new WriterSlot(SINK_ID, life.run(), index, count, life.restoredEpoch());
            writers.add(sink.writer(slot, life.restored()));
        }
    }

    /** Whether epochs are prepared and committed. */
    boolean isTransactional() {
        return transactional;
    }

    /** The sink itself. */
    Sink sink() {
        return sink;
    }

    /** How rows are divided among the writers. */
    Routing routing() {
        return routing;
    }

    /** The open writers. */
    List<SinkWriter> writers() {
        return writers;
    }

    /** The committer. */
    SinkCommitter committer() {
        return committer.orElseThrow(() -> new IllegalStateException("The sink is not transactional"));
    }

    /** Begins an epoch on all writers. */
    void begin(long epoch) {
        writers.forEach(writer -> writer.begin(new EpochId(life.run(), epoch)));
    }

    /** The number of the writer that {@code row} belongs to: what is not routed by key goes by partition. */
    int writerOf(NumberedRow row) {
        int hash = routing instanceof Routing.ByKey ? row.key().hashCode() : row.partition();
        return Math.floorMod(hash, writers.size());
    }

    /** Writes rows, each to its writer, one batch a writer; every row must be taken. */
    void write(List<NumberedRow> rows) {
        for (int index = 0; index < writers.size(); index++) {
            int writer = index;
            List<NumberedRow> own =
                    rows.stream().filter(row -> writerOf(row) == writer).toList();
            if (!own.isEmpty()) {
                writeAll(own, writer, side.batch(own));
            }
        }
    }

    /** Writes {@code rows}, which are {@code batch}, to a writer; every row must be taken. */
    void writeAll(List<NumberedRow> rows, int writer, RecordBatch batch) {
        accept(rows, write(writer, batch));
    }

    /** Writes a batch to a writer. */
    WriteResult write(int writer, RecordBatch batch) {
        return requireNonNull(writers.get(writer).write(batch), "SinkWriter.write");
    }

    private static void accept(List<NumberedRow> rows, WriteResult result) {
        for (RejectedRow rejected : result.rejected()) {
            throw new RuleViolation(
                    "write rejected " + rows.get(rejected.index()) + ": " + rejected.reason(),
                    "SinkWriter.write: the row fits the columns that plan accepted");
        }
    }

    /** Seals the epoch of a transactional sink; gives what is to be committed. */
    List<Prepared> prepare() {
        return writers.stream().flatMap(writer -> writer.prepare().stream()).toList();
    }

    /** What the writers would leave with the epoch. */
    List<ResumeState> snapshots() {
        return writers.stream().flatMap(writer -> writer.snapshot().stream()).toList();
    }

    /** Commits handles of ascending epochs; gives the outcomes. */
    Map<Prepared, Outcome> commit(List<Prepared> handles) {
        return handles.isEmpty()
                ? Map.of()
                : committer().commit(handles.get(handles.size() - 1).epoch(), handles);
    }

    /** Commits handles, which are expected to be settled by it. */
    void settle(List<Prepared> handles) {
        Map<Prepared, Outcome> outcomes = commit(handles);
        for (Prepared handle : handles) {
            Outcome outcome = outcomes.get(handle);
            if (outcome != Outcome.COMMITTED && outcome != Outcome.ALREADY_COMMITTED) {
                throw new RuleViolation(
                        "commit answered " + outcome + " for writer " + handle.writer() + " of epoch " + handle.epoch()
                                + ", which was prepared and never spoiled",
                        "SinkCommitter.commit, and what becomes of what was prepared");
            }
        }
    }

    /** Ends the epoch as the sink wants it: prepares and commits, or flushes. */
    void end() {
        if (transactional) {
            settle(prepare());
        } else {
            writers.forEach(SinkWriter::flush);
        }
    }

    /** A whole epoch. */
    void epoch(long epoch, List<NumberedRow> rows) {
        begin(epoch);
        write(rows);
        end();
    }

    @Override
    public void close() {
        writers.forEach(SinkWriter::close);
        committer.ifPresent(SinkCommitter::close);
        sink.close();
    }
}
