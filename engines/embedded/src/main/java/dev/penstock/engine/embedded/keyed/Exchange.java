package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyEncoder;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Hands rows from any number of senders to any number of workers, all rows of a key to one worker, and barriers and
 * watermarks to all.
 *
 * <p><b>Order of calls:</b> {@code connect* inputs}, all on one thread, before anything is sent.
 */
public final class Exchange {
    private final List<Inbox> inboxes;
    private final List<Integer> inputs = new ArrayList<>();

    /**
     * An exchange to {@code workers} without senders.
     *
     * @param maxBatches the most batches that wait between one sender and one worker
     * @param maxBytes the most bytes that wait between one sender and one worker, one large batch excepted
     */
    public Exchange(int workers, int maxBatches, long maxBytes) {
        this.inboxes = IntStream.range(0, workers)
                .mapToObj(worker -> new Inbox(maxBatches, maxBytes))
                .toList();
    }

    /**
     * Adds {@code senders} of rows of one input of the workers.
     *
     * @param input its index, from 0, see {@link dev.penstock.dataflow.operator.KeyedStep#keyColumns}
     * @return one sender for each, to be used by one thread at a time
     */
    public List<Sender> connect(int input, int senders, Schema schema, List<String> keyColumns) {
        List<Sender> made = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            inputs.add(input);
            inboxes.forEach(Inbox::addChannel);
            KeyPartitioner byKey = new KeyPartitioner(new KeyEncoder(schema, keyColumns), inboxes.size());
            made.add(new Sender(inputs.size() - 1, byKey::split));
        }
        return made;
    }

    /** Adds {@code senders} that deal their rows out to all workers evenly. */
    public List<Sender> connectSpreading(int senders) {
        List<Sender> made = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            inputs.add(0);
            inboxes.forEach(Inbox::addChannel);
            made.add(new Sender(inputs.size() - 1, new Dealer(inboxes.size(), i)::deal));
        }
        return made;
    }

    /** Cuts a batch by worker; empty where a worker gets nothing of it. */
    @FunctionalInterface
    private interface Cut {
        List<Optional<RecordBatch>> of(RecordBatch batch);
    }

    /** What each worker takes from, in the order of their indexes. */
    public List<AlignedInput> inputs() {
        return inboxes.stream().map(inbox -> new AlignedInput(inbox, inputs)).toList();
    }

    /** Ends all waiting with a {@link java.util.concurrent.CancellationException}. */
    public void close() {
        inboxes.forEach(Inbox::close);
    }

    /**
     * One of those that send. All methods wait as long as a worker's channel is full, and fail with a
     * {@link java.util.concurrent.CancellationException} when the exchange is closed.
     */
    public final class Sender {
        private final int channel;
        private final Cut cut;

        private Sender(int channel, Cut cut) {
            this.channel = channel;
            this.cut = cut;
        }

        /** Sends each row to the worker that is to have it. */
        public void rows(RecordBatch batch) throws InterruptedException {
            rows(batch, Optional.empty());
        }

        /** As {@link #rows(RecordBatch)}, and says where they come from. */
        public void rows(RecordBatch batch, RowOrigin origin) throws InterruptedException {
            rows(batch, Optional.of(origin));
        }

        private void rows(RecordBatch batch, Optional<RowOrigin> origin) throws InterruptedException {
            List<Optional<RecordBatch>> parts = cut.of(batch);
            for (int worker = 0; worker < parts.size(); worker++) {
                if (parts.get(worker).isPresent()) {
                    Packet rows = new Packet.Rows(parts.get(worker).get(), origin);
                    inboxes.get(worker).send(channel, rows);
                }
            }
        }

        /** Passes something about time on to all workers. */
        public void time(TimeEvent event) throws InterruptedException {
            toAll(new Packet.Time(event));
        }

        /** Says that all rows so far belong to {@code epoch} or an earlier one. */
        public void barrier(long epoch) throws InterruptedException {
            toAll(new Packet.Barrier(epoch));
        }

        /** Says that no row with an event time before {@code micros} will follow. */
        public void watermark(long micros) throws InterruptedException {
            toAll(new Packet.Watermark(micros));
        }

        /** Says that nothing may follow for a while. */
        public void idle() throws InterruptedException {
            toAll(new Packet.Idle());
        }

        /** Says that nothing will follow. */
        public void end() throws InterruptedException {
            toAll(new Packet.End());
        }

        private void toAll(Packet packet) throws InterruptedException {
            for (Inbox inbox : inboxes) {
                inbox.send(channel, packet);
            }
        }
    }
}
