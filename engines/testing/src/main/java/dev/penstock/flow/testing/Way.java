package dev.penstock.flow.testing;

import dev.penstock.flow.testing.TestEngine.Ending;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A way to run a flow from its first item to its last.
 *
 * @param name for messages
 * @param drive runs it
 */
record Way(String name, Consumer<Lives> drive) {
    /** What all others are compared with. */
    static final Way PLAIN = new Way(
            "one worker, batches of 1024", lives -> lives.live(lives.engine().batch(1024), Driving.PLAIN));

    private static final int CRASHES_A_WAY = 6;
    private static final int STEPS_A_LIFE = 60;
    private static final long SLOW_NANOS = 200_000;
    private static final int SMALL_QUEUE_BYTES = 64;

    /** All ways but the plain one; {@code crashes} of them crash, at moments that {@code seed} chooses. */
    static List<Way> others(long seed, int crashes) {
        Stream<Way> calm = Stream.of(
                oneByOne(1),
                oneByOne(3),
                workers(3),
                anEpochAnItem(),
                fullOutbox(1),
                fullOutbox(3),
                restarted("restarted after every item", life -> 1),
                restarted(
                        "restarted after every item, each time with another number of workers", life -> 1 + life % 3));
        return Stream.concat(calm, LongStream.range(seed, seed + crashes).mapToObj(Way::crashing))
                .toList();
    }

    private static Way oneByOne(int workers) {
        return new Way(
                workers + (workers == 1 ? " worker" : " workers") + ", one item a batch",
                lives -> lives.live(lives.engine().workers(workers).batch(1), Driving.PLAIN.batch(1)));
    }

    private static Way workers(int count) {
        return new Way(
                count + " workers, batches of 1024",
                lives -> lives.live(lives.engine().workers(count).batch(1024), Driving.PLAIN));
    }

    private static Way anEpochAnItem() {
        return new Way(
                "an epoch for every item",
                lives -> lives.live(lives.engine(), Driving.PLAIN.batch(1).pace(Pace.HELD)));
    }

    private static Way fullOutbox(int workers) {
        return new Way("slow sinks and full queues, workers: " + workers, lives -> {
            TestEngine engine = lives.engine().workers(workers).queueBytes(SMALL_QUEUE_BYTES);
            lives.live(engine, Driving.PLAIN.batch(1).beforeWrite(() -> LockSupport.parkNanos(SLOW_NANOS)));
        });
    }

    /** Each life takes one item and is then stopped, which is not an end of the input. */
    private static Way restarted(String name, IntUnaryOperator workers) {
        return new Way(name, lives -> {
            Ending ending = Ending.STOPPED;
            for (int life = 0; ending != Ending.DONE; life++) {
                AtomicInteger given = new AtomicInteger();
                TestEngine engine =
                        lives.engine().workers(workers.applyAsInt(life)).batch(1);
                TestRun run = lives.begin(engine, Driving.PLAIN.batch(1).pace(Pace.single(given)));
                run.until(() -> given.get() > 0 && run.progress().rows() > 0);
                ending = run.stop();
            }
        });
    }

    /** Each life ends at a random step; the last one is left in peace. */
    private static Way crashing(long seed) {
        return new Way("crashing at random, seed " + seed, lives -> {
            SplittableRandom random = new SplittableRandom(seed);
            Faults faults = new Faults();
            Driving driving = Driving.PLAIN.faults(faults);
            Ending ending = Ending.ABORTED;
            for (int life = 0; ending != Ending.DONE; life++) {
                faults.begin(
                        life < CRASHES_A_WAY ? 1 + random.nextInt(1 + random.nextInt(STEPS_A_LIFE)) : Long.MAX_VALUE);
                ending = lives.live(
                        lives.engine().workers(1 + random.nextInt(3)),
                        driving.batch(1 + random.nextInt(4)).pace(Pace.uneven(random.nextLong())));
            }
        });
    }
}
