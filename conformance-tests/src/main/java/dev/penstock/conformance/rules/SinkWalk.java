package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriterSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A random walk over the methods of a sink and of one of its writers. */
final class SinkWalk {
    /** Rows that were written out of order have numbers from here on. */
    private static final long OUT_OF_ORDER = 1_000_000;

    private final Trial trial;
    private final SinkSide side;
    private final Sink sink;
    private final WriterSlot slot;
    private final Openness state = new Openness();
    private Optional<SinkWriter> writer = Optional.empty();
    private boolean planned;
    private boolean begun;
    private boolean writerClosed;
    private long epoch = 1;
    private long sequence;

    private SinkWalk(Trial trial, int number) {
        this.trial = trial;
        this.side = trial.fixture().sink();
        this.sink = trial.connector().sink(trial.config());
        this.slot = new WriterSlot("conformance/sink", "run-" + number, 0, 1, -1);
        this.sequence = number * 1_000L;
    }

    static void take(Trial trial, int number) {
        SinkWalk walk = new SinkWalk(trial, number);
        Walk.take(trial.random(), walk::calls);
        walk.close();
        walk.side.visible().stream()
                .filter(row -> row.sequence() >= OUT_OF_ORDER)
                .findFirst()
                .ifPresent(row -> {
                    throw new RuleViolation(
                            row + " was written out of order, and is visible",
                            "that write looks whether an epoch has begun before it takes a row");
                });
    }

    private List<Walk.Call> calls() {
        List<Walk.Call> calls = new ArrayList<>(List.of(
                state.opening(() -> sink.open(trial.context())),
                new Walk.Call("plan", state.isOpen(), this::plan),
                state.closing(this::close)));
        if (writer.isPresent()) {
            SinkWriter one = writer.get();
            calls.add(new Walk.Call("begin", !writerClosed && !begun, () -> begin(one)));
            calls.add(new Walk.Call("write", !writerClosed && begun, () -> write(one)));
            calls.add(new Walk.Call("the end of the epoch", !writerClosed && begun, () -> seal(one)));
            calls.add(new Walk.Call("close of the writer", true, this::closeWriter));
        } else if (planned || !state.isOpen()) {
            calls.add(new Walk.Call("writer", state.isOpen(), this::makeWriter));
        }
        return calls;
    }

    private void plan() {
        sink.plan(side.schema(), side.append());
        sink.provision();
        planned = true;
    }

    private void makeWriter() {
        writer = Optional.of(sink.writer(slot, List.of()));
    }

    private void begin(SinkWriter one) {
        one.begin(new EpochId(slot.runId(), epoch));
        begun = true;
    }

    private void write(SinkWriter one) {
        long first = begun && !writerClosed ? sequence++ : OUT_OF_ORDER + sequence++;
        one.write(side.batch(NumberedRow.inserts(trial.seed(), 0, first, first + 1)));
    }

    private void seal(SinkWriter one) {
        if (trial.connector().descriptor().can(Capability.TRANSACTIONAL)) {
            one.prepare();
        } else {
            one.flush();
        }
        begun = false;
        epoch++;
    }

    private void closeWriter() {
        writer.ifPresent(SinkWriter::close);
        writerClosed = writer.isPresent();
    }

    private void close() {
        closeWriter();
        sink.close();
    }
}
