package dev.penstock.engine.embedded.protocol;

import dev.penstock.engine.embedded.store.Owner;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One process: the real coordinator and real lanes, each step chosen by the scheduler. */
final class SimulatedLife implements EpochPort {
    private final SimulatedWorld world;
    private final Chaos chaos;
    private final String runId;
    private final int laneCount;
    private final boolean settleFirst;
    private final SimulatedStore store;
    private final Incarnation incarnation;
    private final EpochCoordinator coordinator;
    private final List<SimulatedLane> lanes = new ArrayList<>();
    private final Deque<CommitRequest> commits = new ArrayDeque<>();
    private final Map<String, CommitResult> results = new LinkedHashMap<>();
    private final Deque<SealedEpoch> announced = new ArrayDeque<>();
    private boolean claimed;
    private boolean finishing;
    private long requested;
    private long last = Long.MAX_VALUE;

    SimulatedLife(SimulatedWorld world, int number) {
        this.world = world;
        this.chaos = world.chaos;
        this.runId = "r" + number;
        this.laneCount = 1 + chaos.below(4);
        this.settleFirst = chaos.chance(500);
        this.store = new SimulatedStore(world.disk, chaos, world.weakness);
        this.incarnation = Incarnation.start(store, new Owner("sim", number, runId));
        chaos.note(() -> runId + " starts with " + laneCount + " lanes from epoch "
                + incarnation.recovered().epoch());
        this.coordinator =
                new WeakenedCoordinator(world.weakness, settings(), incarnation, store, this, chaos.random());
    }

    private ProtocolSettings settings() {
        Map<String, Duration> commitIntervals = new HashMap<>();
        world.transactional.forEach(
                sink -> commitIntervals.put(sink, Duration.ofNanos(chaos.chance(500) ? 0 : chaos.below(200))));
        return new ProtocolSettings(
                laneCount, Duration.ofNanos(20), Duration.ofNanos(100), commitIntervals, 3, 1000, 1000);
    }

    /** Whether everything is read, sealed and committed. */
    boolean finished() {
        return coordinator.finished() && results.isEmpty();
    }

    /** One step of one thread of this process. */
    void step() {
        if (!claimed) {
            world.transactional.forEach(sink -> world.target.claim(sink, incarnation.generation()));
            claimed = true;
        } else if (lanes.size() < laneCount && (!settleFirst || coordinator.settled()) && chaos.chance(300)) {
            openLane();
        } else {
            work(chaos.below(10));
        }
    }

    private void work(int choice) {
        switch (choice) {
            case 0, 1 -> coordinate();
            case 2 -> commit();
            case 3 -> deliver();
            case 4 -> announce();
            default -> lane(choice);
        }
    }

    private void lane(int choice) {
        if (lanes.isEmpty()) {
            coordinate();
            return;
        }
        SimulatedLane lane = lanes.get(chaos.below(lanes.size()));
        if (lane.over()) {
            return;
        }
        if (choice < 7) {
            lane.read();
        } else if (lane.epoch() <= requested) {
            barrier(lane);
        } else if (lane.emit()) {
            coordinator.moved();
        }
    }

    private void openLane() {
        int index = lanes.size();
        List<SimulatedWriter> writers = new ArrayList<>();
        List<LaneSink> sinks = new ArrayList<>();
        for (String sink : world.transactional) {
            world.target.abortStrays(incarnation.slot(sink, index, laneCount), incarnation.generation());
            chaos.mayCrash();
            add(writers, sinks, sink, index, true);
        }
        world.plain.forEach(sink -> add(writers, sinks, sink, index, false));
        chaos.note(() -> runId + " opens lane " + index);
        SimulatedLane lane = new SimulatedLane(world, new Lane(index, runId, incarnation.firstEpoch(), sinks), writers);
        for (int partition = index; partition < world.upstream.count(); partition += laneCount) {
            lane.open(partition, recoveredPosition(partition));
        }
        lanes.add(lane);
    }

    private void add(
            List<SimulatedWriter> writers, List<LaneSink> sinks, String sink, int index, boolean transactional) {
        SimulatedWriter writer =
                new SimulatedWriter(world.target, chaos, sink, index, incarnation.generation(), transactional);
        writers.add(writer);
        sinks.add(new LaneSink(sink, index, writer, transactional));
    }

    private int recoveredPosition(int partition) {
        String id = world.upstream.partition(partition).id();
        for (Position position : incarnation.recovered().positions()) {
            if (position.partition().id().equals(id)) {
                return SimulatedUpstream.position(position.state());
            }
        }
        return 0;
    }

    private void barrier(SimulatedLane lane) {
        Contribution contribution = lane.barrier(lane.epoch() == last);
        chaos.note(() -> runId + " lane " + contribution.lane() + " ends epoch " + contribution.epoch());
        if (world.weakness == Weakness.RELEASE_BEFORE_DURABLE) {
            contribution.positions().forEach(this::release);
        }
        coordinator.contribute(contribution);
    }

    private void coordinate() {
        if (!finishing && (chaos.fault(3) || allEnded())) {
            finishing = true;
            coordinator.finish();
        }
        coordinator.step(world.now);
    }

    private boolean allEnded() {
        return lanes.size() == laneCount && lanes.stream().allMatch(SimulatedLane::ended);
    }

    private void commit() {
        CommitRequest request = commits.poll();
        if (request != null) {
            results.put(request.sinkId(), result(request));
        }
    }

    private CommitResult result(CommitRequest request) {
        try {
            if (chaos.fault(100)) {
                throw new RetryableException("cannot reach the target", Duration.ofNanos(chaos.below(50)));
            }
            Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
            for (Prepared handle : request.handles()) {
                chaos.mayCrash();
                outcomes.put(handle, chaos.fault(50) ? Outcome.RETRY : commit(request.sinkId(), handle));
            }
            if (chaos.fault(100)) {
                throw new RetryableException("the reply was lost", Duration.ofNanos(chaos.below(50)));
            }
            return new CommitResult.Answered(outcomes);
        } catch (RetryableException e) {
            return world.weakness == Weakness.LOST_REPLY_TAKEN_FOR_SUCCESS
                    ? new CommitResult.Answered(request.handles().stream()
                            .collect(Collectors.toMap(handle -> handle, handle -> Outcome.COMMITTED)))
                    : new CommitResult.Failed(e);
        } catch (FencedException e) {
            return new CommitResult.Failed(e);
        }
    }

    private Outcome commit(String sinkId, Prepared handle) {
        Outcome outcome = world.target.commit(sinkId, incarnation.generation(), handle);
        chaos.note(() -> runId + " commits " + handle.epoch() + " of writer " + handle.writer() + ": " + outcome);
        return outcome;
    }

    private void deliver() {
        if (!results.isEmpty()) {
            String sinkId = results.keySet().iterator().next();
            CommitResult result = results.remove(sinkId);
            if (result != null) {
                coordinator.committed(sinkId, result, world.now);
            }
        }
    }

    private void announce() {
        SealedEpoch epoch = announced.poll();
        if (epoch != null && !chaos.fault(300)) {
            epoch.positions().forEach(this::release);
        }
    }

    private void release(Position position) {
        for (int index = 0; index < world.upstream.count(); index++) {
            if (world.upstream.partition(index).id().equals(position.partition().id())) {
                world.upstream.release(index, SimulatedUpstream.position(position.state()));
            }
        }
    }

    @Override
    public void barrier(long epoch, boolean isLast) {
        chaos.note(() -> runId + " asks for the end of epoch " + epoch + (isLast ? ", the last" : ""));
        requested = epoch;
        if (isLast) {
            last = epoch;
        }
    }

    @Override
    public void commit(CommitRequest request) {
        commits.add(request);
    }

    @Override
    public void durable(SealedEpoch epoch) {
        chaos.note(() -> runId + " made " + epoch.id() + " durable");
        announced.add(epoch);
    }
}
