package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.Exchange;
import java.util.List;

/**
 * Everybody who emits and writes rows in an incarnation.
 *
 * @param workers one for each queue
 * @param lanes what else has a thread of its own, fed by exchanges
 */
record Crew(
        List<Worker> workers, List<ExchangeLane> lanes, List<Exchange> exchanges, Writers writers, KeyedStages stages) {
    Crew {
        workers = List.copyOf(workers);
        lanes = List.copyOf(lanes);
        exchanges = List.copyOf(exchanges);
    }

    void start(Threads threads) {
        for (int index = 0; index < workers.size(); index++) {
            threads.start("work-" + index, workers.get(index)::run);
        }
        lanes.forEach(lane -> threads.start(lane.name(), lane::run));
    }

    /** Says which epoch is the last, before its barrier. */
    void last(LastEpoch last) {
        lanes.forEach(lane -> lane.last(last));
        workers.forEach(worker -> worker.last(last));
    }

    void barrier(long epoch) {
        workers.forEach(worker -> worker.barrier(epoch));
    }

    /** Has everybody look at the clock. Any thread. */
    void wakeup() {
        lanes.forEach(ExchangeLane::wakeup);
        workers.forEach(Worker::wakeup);
    }

    /** One more epoch is durable. */
    void durable() {
        stages.durable();
    }

    /** The bytes that wait in exchanges. */
    long queuedBytes() {
        return lanes.stream().mapToLong(ExchangeLane::queuedBytes).sum();
    }

    /** Changes whenever something was emitted. */
    long emissions() {
        return workers.stream().mapToLong(Worker::emissions).sum()
                + lanes.stream().mapToLong(ExchangeLane::emissions).sum();
    }

    /** Ends all work without ending the epoch. */
    void abort() {
        workers.forEach(Worker::abort);
        exchanges.forEach(Exchange::close);
        writers.wakeup();
    }
}
