package dev.penstock.engine.embedded.testing;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Routing;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A transactional target in memory that shows what is committed and what is open, and can be made to fail. */
public final class MemoryTarget implements Connector {
    private record TransactionId(String sinkId, EpochId epoch, int writer) {}

    private final Map<TransactionId, List<Row>> open = new LinkedHashMap<>();
    private final Set<TransactionId> committedIds = new HashSet<>();
    private final List<Row> committed = new ArrayList<>();
    private final AtomicInteger openParts = new AtomicInteger();
    private final Set<String> writerThreads = new HashSet<>();
    private final List<Schema> planned = new CopyOnWriteArrayList<>();
    private long claimed;
    private int commits;
    private volatile boolean transactional = true;
    private volatile Routing routing = Routing.any();
    private volatile Predicate<Row> rejects = row -> false;
    private volatile Consumer<RecordBatch> beforeWrite = batch -> {};
    private volatile Runnable beforeCommit = () -> {};
    private volatile UnaryOperator<SinkCommitter.Outcome> outcome = UnaryOperator.identity();
    private volatile Optional<SinkPlan> plan = Optional.empty();

    /** Offers no transactions: what is flushed is visible. */
    public MemoryTarget plain() {
        transactional = false;
        return this;
    }

    public MemoryTarget routing(Routing wanted) {
        routing = wanted;
        return this;
    }

    public MemoryTarget rejecting(Predicate<Row> rows) {
        rejects = rows;
        return this;
    }

    public MemoryTarget beforeWrite(Consumer<RecordBatch> hook) {
        beforeWrite = hook;
        return this;
    }

    public MemoryTarget beforeCommit(Runnable hook) {
        beforeCommit = hook;
        return this;
    }

    /** Says something else than what has happened. */
    public MemoryTarget outcome(UnaryOperator<SinkCommitter.Outcome> change) {
        outcome = change;
        return this;
    }

    public MemoryTarget planning(SinkPlan answer) {
        plan = Optional.of(answer);
        return this;
    }

    /** The rows that an independent reader sees. */
    public synchronized List<Row> committed() {
        return List.copyOf(committed);
    }

    /** How many transactions are open. */
    public synchronized int openTransactions() {
        return open.size();
    }

    /** What the sink was asked whether it can take it. */
    public List<Schema> planned() {
        return planned;
    }

    public synchronized int commits() {
        return commits;
    }

    /** Makes all open transactions vanish. */
    public synchronized void killTransactions() {
        open.clear();
    }

    /** How many sinks, writers and committers are open. */
    public int openParts() {
        return openParts.get();
    }

    public synchronized int writerThreads() {
        return writerThreads.size();
    }

    @Override
    public ConnectorDescriptor descriptor() {
        Set<Capability> capabilities = transactional
                ? Set.of(Capability.AT_LEAST_ONCE, Capability.TRANSACTIONAL, Capability.FENCING)
                : Set.of(Capability.AT_LEAST_ONCE);
        return new ConnectorDescriptor(
                "memory", "1.0.0", "Memory for tests", Map.of(Role.SINK, ConfigSpec.of()), capabilities);
    }

    @Override
    public Sink sink(Config config) {
        return new OpenSink();
    }

    private final class OpenSink extends CountedPart implements Sink {
        private long generation;

        OpenSink() {
            super(openParts);
        }

        @Override
        public void open(ConnectorContext context) {
            generation = context.generation();
        }

        @Override
        public SinkPlan plan(Schema input, WriteMode mode) {
            planned.add(input);
            return plan.orElse(new SinkPlan.Accept());
        }

        @Override
        public Routing routing() {
            return routing;
        }

        @Override
        public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
            synchronized (MemoryTarget.this) {
                open.keySet()
                        .removeIf(id -> id.sinkId().equals(slot.sinkId())
                                && slot.ownsStray(id.writer(), id.epoch().epoch()));
            }
            return new Writer(slot);
        }

        @Override
        public SinkCommitter committer(String sinkId, String runId) {
            return new Committer(sinkId, generation);
        }
    }

    private final class Writer extends CountedPart implements SinkWriter {
        private final WriterSlot slot;
        private final List<Row> rows = new ArrayList<>();
        private EpochId epoch = new EpochId("none", 0);

        Writer(WriterSlot slot) {
            super(openParts);
            this.slot = slot;
        }

        @Override
        public void begin(EpochId next) {
            epoch = next;
        }

        @Override
        public WriteResult write(RecordBatch batch) {
            beforeWrite.accept(batch);
            List<RejectedRow> rejected = new ArrayList<>();
            for (int index = 0; index < batch.rowCount(); index++) {
                Row row = batch.row(index);
                if (rejects.test(row)) {
                    rejected.add(new RejectedRow(index, "it is not wanted"));
                } else {
                    rows.add(row);
                }
            }
            synchronized (MemoryTarget.this) {
                writerThreads.add(Thread.currentThread().getName());
                if (transactional) {
                    open.put(new TransactionId(slot.sinkId(), epoch, slot.index()), rows);
                }
            }
            return new WriteResult(batch.rowCount() - rejected.size(), rejected);
        }

        @Override
        public void flush() {
            synchronized (MemoryTarget.this) {
                committed.addAll(rows);
            }
            rows.clear();
        }

        @Override
        public Optional<Prepared> prepare() {
            if (rows.isEmpty()) {
                return Optional.empty();
            }
            TransactionId id = new TransactionId(slot.sinkId(), epoch, slot.index());
            synchronized (MemoryTarget.this) {
                open.put(id, List.copyOf(rows));
            }
            byte[] handle = (epoch + "/" + slot.index()).getBytes(StandardCharsets.UTF_8);
            Prepared prepared = new Prepared(epoch, slot.index(), new ResumeState(1, handle), rows.size(), 0);
            rows.clear();
            return Optional.of(prepared);
        }
    }

    private final class Committer extends CountedPart implements SinkCommitter {
        private final String sinkId;
        private final long generation;

        Committer(String sinkId, long generation) {
            super(openParts);
            this.sinkId = sinkId;
            this.generation = generation;
        }

        @Override
        public void claim() {
            synchronized (MemoryTarget.this) {
                checkFence();
                claimed = generation;
            }
        }

        private void checkFence() {
            if (generation < claimed) {
                throw new FencedException(
                        "Cannot commit as generation " + generation + ": " + claimed + " has claimed");
            }
        }

        @Override
        public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
            beforeCommit.run();
            Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
            synchronized (MemoryTarget.this) {
                checkFence();
                commits++;
                handles.forEach(handle -> outcomes.put(handle, outcome.apply(commit(handle))));
            }
            return outcomes;
        }

        private Outcome commit(Prepared handle) {
            TransactionId id = new TransactionId(sinkId, handle.epoch(), handle.writer());
            if (committedIds.contains(id)) {
                return Outcome.ALREADY_COMMITTED;
            }
            List<Row> rows = open.remove(id);
            if (rows == null) {
                return Outcome.LOST;
            }
            committed.addAll(rows);
            committedIds.add(id);
            return Outcome.COMMITTED;
        }
    }
}
