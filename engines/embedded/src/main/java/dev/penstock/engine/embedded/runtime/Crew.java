package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.Exchange;
import java.util.List;

/**
 * Everybody who emits and writes rows in an incarnation.
 *
 * @param workers one for each queue
 * @param sinkLanes writers that are fed by exchanges
 */
record Crew(List<Worker> workers, List<SinkLane> sinkLanes, List<Exchange> exchanges, Writers writers) {
    Crew {
        workers = List.copyOf(workers);
        sinkLanes = List.copyOf(sinkLanes);
        exchanges = List.copyOf(exchanges);
    }

    void start(Threads threads) {
        for (int index = 0; index < workers.size(); index++) {
            threads.start("work-" + index, workers.get(index)::run);
        }
        sinkLanes.forEach(lane -> threads.start(lane.name(), lane::run));
    }

    void barrier(long epoch, boolean last) {
        if (last) {
            sinkLanes.forEach(lane -> lane.last(epoch));
        }
        workers.forEach(worker -> worker.barrier(epoch, last));
    }

    /** Changes whenever something was emitted. */
    long emissions() {
        return workers.stream().mapToLong(Worker::emissions).sum();
    }

    /** Ends all work without ending the epoch. */
    void abort() {
        workers.forEach(Worker::abort);
        exchanges.forEach(Exchange::close);
        writers.wakeup();
    }
}
