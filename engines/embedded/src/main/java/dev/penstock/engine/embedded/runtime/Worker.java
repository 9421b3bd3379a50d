package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.Exchange;
import dev.penstock.engine.embedded.keyed.RowOrigin;
import dev.penstock.engine.embedded.keyed.TimeEvent;
import dev.penstock.engine.embedded.protocol.Contribution;
import dev.penstock.engine.embedded.protocol.Lane;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Takes what readers hand it, sends it through its chain, and ends epochs between two batches. */
final class Worker {
    private final Lane lane;
    private final LaneQueue queue;
    private final Chain chain;
    private final LaneTime time;
    private final Coordination coordination;
    private final Coalescing coalescing;
    private final EpochEnd epochEnd;
    private volatile long requested;
    private volatile LastEpoch last = LastEpoch.NONE;
    private volatile boolean aborted;
    private final AtomicLong emissions = new AtomicLong();
    private long emitted;

    /** @param senders what the worker sends into; they pass its barriers on */
    Worker(
            Lane lane,
            LaneQueue queue,
            Chain chain,
            Coordination coordination,
            Coalescing coalescing,
            List<Exchange.Sender> senders) {
        this.lane = lane;
        this.queue = queue;
        this.chain = chain;
        this.time = chain.time();
        this.coordination = coordination;
        this.coalescing = coalescing;
        this.epochEnd = new EpochEnd(lane, time, senders, coordination);
    }

    LaneQueue queue() {
        return queue;
    }

    /** How much has been emitted; changes whenever an epoch has something new to hold. */
    long emissions() {
        return emissions.get();
    }

    /** Asks for all epochs up to {@code epoch} to be ended. Any thread. */
    void barrier(long epoch) {
        requested = epoch;
        queue.signal();
    }

    /** Which epoch will be the last. Any thread, before its barrier. */
    void last(LastEpoch known) {
        last = known;
    }

    /** Has the worker look at the clock. Any thread. */
    void wakeup() {
        queue.signal();
    }

    /** Ends the thread's work without ending the epoch. Any thread. */
    void abort() {
        aborted = true;
        queue.signal();
    }

    /** The thread's work: until the last barrier. */
    void run() throws InterruptedException {
        lane.begin();
        while (!aborted && !endEpochs()) {
            Item item = queue.take(time.waitNanos());
            if (time.advance()) {
                emitted();
            }
            if (item != null) {
                process(item);
            }
        }
    }

    private boolean endEpochs() throws InterruptedException {
        long target = requested;
        while (lane.epoch() <= target) {
            if (epochEnd.next(last)) {
                return true;
            }
        }
        return false;
    }

    private void process(Item item) {
        if (item instanceof Item.Rows rows) {
            rows(coalescing.gather(rows, queue));
        } else if (item instanceof Item.Idle idle) {
            lane.emitted(idle.from().source().id(), idle.from().partition(), idle.position());
            emitted();
        } else if (item instanceof Item.End end) {
            end(end);
        } else {
            time(item);
        }
    }

    private void time(Item item) {
        if (item instanceof Item.Begin begin) {
            for (PartitionReader reader : begin.partitions()) {
                time.on(reader.source().id(), new TimeEvent.Begin(reader.origin(), true, reader::silentUntil));
            }
        } else if (item instanceof Item.Begun) {
            time.onAll(new TimeEvent.Begun());
        } else if (item instanceof Item.Silent silent) {
            RowOrigin origin = silent.from().origin();
            time.on(origin.stepId(), new TimeEvent.Silent(origin, silent.sinceMillis()));
        }
    }

    private void rows(List<Item.Rows> gathered) {
        long bytes = 0;
        String sourceId = gathered.get(0).from().source().id();
        List<RecordBatch> batches = new ArrayList<>(gathered.size());
        for (Item.Rows rows : gathered) {
            bytes += rows.bytes();
            coordination.read(sourceId, rows.given());
            chain.rejections().bad(sourceId, rows.bad());
            chain.undecoded(sourceId, rows.decoded());
            batches.add(rows.decoded().rows());
        }
        chain.accept(
                gathered.get(0).from().origin(), batches.size() == 1 ? batches.get(0) : RecordBatch.concat(batches));
        if (time.listensTo(sourceId)) {
            time.on(sourceId, new TimeEvent.Read(gathered.get(0).from().origin()));
        }
        for (Item.Rows rows : gathered) {
            lane.emitted(sourceId, rows.from().partition(), rows.after());
        }
        emitted();
        queue.done(bytes);
    }

    private void end(Item.End end) {
        PartitionReader from = end.from();
        String sourceId = from.source().id();
        Partition partition = from.partition();
        if (from.vanished()) {
            lane.removed(sourceId, partition);
            emitted();
        } else if (!from.stands(end.last(), true)) {
            lane.ended(sourceId, partition, end.last());
            emitted();
        }
        if (time.listensTo(sourceId)) {
            time.on(sourceId, new TimeEvent.End(from.origin(), from.vanished()));
            emitted();
        }
        coordination.ended(from, end.last());
    }

    private void emitted() {
        emissions.lazySet(++emitted);
    }

    /** What a worker tells the rest. */
    interface Coordination {
        void contribute(Contribution contribution);

        void read(String sourceId, Given rows);

        void ended(PartitionReader reader, ResumeState last);
    }
}
