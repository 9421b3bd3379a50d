package dev.penstock.engine.embedded.protocol;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.RetryableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One history of a pipeline from one seed: chaos for a while, then calm, then the reckoning. */
final class Simulation {
    private static final int CALM_STEPS = 200_000;

    private final long seed;
    private final Weakness weakness;
    private final Chaos chaos;
    private final SimulatedWorld world;
    private final List<SimulatedLife> zombies = new ArrayList<>();
    private final boolean removesTransactions;
    private final boolean travels;
    private @Nullable SimulatedLife life;
    private int lives;
    private boolean travelled;
    private boolean stoppedLoudly;

    private Simulation(long seed, Weakness weakness, boolean tracing) {
        this.seed = seed;
        this.weakness = weakness;
        this.chaos = new Chaos(seed, tracing);
        this.world = new SimulatedWorld(chaos, weakness);
        this.removesTransactions = chaos.chance(100);
        this.travels = chaos.chance(250) && !world.upstream.prunes();
    }

    /** What went wrong with {@code seed}, with the whole schedule, if anything did. */
    static Optional<String> failure(long seed, Weakness weakness) {
        try {
            new Simulation(seed, weakness, false).run();
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(replay(seed, weakness));
        }
    }

    /** Whether {@code seed} goes wrong; cheaper than {@link #failure}. */
    static boolean fails(long seed, Weakness weakness) {
        try {
            new Simulation(seed, weakness, false).run();
            return false;
        } catch (Violation violation) {
            return true;
        }
    }

    private static String replay(long seed, Weakness weakness) {
        Simulation again = new Simulation(seed, weakness, true);
        try {
            again.run();
            return "seed " + seed + " fails, but not when replayed: the simulation is not deterministic";
        } catch (Violation violation) {
            return "seed " + seed + " with " + weakness + ": " + violation.getMessage() + "\n  "
                    + String.join("\n  ", again.chaos.schedule());
        }
    }

    private void run() {
        int steps = 100 + chaos.below(600);
        for (int step = 0; step < steps && !stoppedLoudly; step++) {
            world.pass();
            disturb();
            alive(this::stepSomebody);
        }
        chaos.note(() -> "calm");
        chaos.calm();
        zombies.clear();
        life = null;
        for (int step = 0; !stoppedLoudly && !(life != null && life.finished()); step++) {
            world.pass();
            alive(this::stepLife);
            if (step > CALM_STEPS) {
                throw new Violation("the pipeline does not come to an end");
            }
        }
        reckon();
    }

    /** Runs a step and buries who dies of it. */
    private void alive(Runnable step) {
        try {
            step.run();
        } catch (Crash | FencedException | RetryableException e) {
            chaos.note(() -> "the process ends: " + e.getMessage());
            life = null;
        } catch (FatalException e) {
            chaos.note(() -> "the pipeline stops loudly: " + e.getMessage());
            stoppedLoudly = true;
        }
    }

    private void disturb() {
        if (chaos.chance(8)) {
            chaos.note(() -> "the process is killed");
            life = null;
        }
        if (life != null && chaos.chance(5)) {
            chaos.note(() -> "the process is taken for dead");
            zombies.add(life);
            life = null;
        }
        if (life == null && travels && world.disk.hasCopies() && chaos.chance(200)) {
            long epoch = world.disk.restore(chaos.below(Integer.MAX_VALUE));
            chaos.note(() -> "epoch " + epoch + " is restored from a copy");
            travelled = true;
            zombies.clear();
        }
        if (removesTransactions && chaos.chance(5)) {
            world.target.killOne();
        }
        if (chaos.chance(10)) {
            world.upstream.grow(chaos);
        }
    }

    private void stepSomebody() {
        if (!zombies.isEmpty() && chaos.chance(250)) {
            stepZombie(chaos.below(zombies.size()));
        } else {
            stepLife();
        }
    }

    private void stepZombie(int index) {
        try {
            zombies.get(index).step();
        } catch (Crash | FencedException | RetryableException | FatalException e) {
            chaos.note(() -> "a zombie dies: " + e.getMessage());
            zombies.remove(index);
        }
    }

    private void stepLife() {
        SimulatedLife now = life;
        if (now == null || now.finished()) {
            now = new SimulatedLife(world, ++lives);
            life = now;
        }
        now.step();
    }

    private void reckon() {
        for (String sink : world.transactional) {
            int[] visible = world.target.visible(sink);
            check(sink, visible, !travelled);
        }
        if (!stoppedLoudly) {
            world.plain.forEach(sink -> check(sink, world.target.visible(sink), false));
            world.target.checkQuiet();
        }
    }

    private void check(String sink, int[] visible, boolean once) {
        for (int partition = 0; partition < world.upstream.count(); partition++) {
            for (int position = 0; position < world.upstream.size(partition); position++) {
                int count = visible[SimulatedUpstream.row(partition, position)];
                String row = "row " + position + " of p" + partition + " in " + sink;
                if (count == 0 && !stoppedLoudly) {
                    throw new Violation("rows lost: " + row + " is not visible");
                }
                if (count > 1 && once) {
                    throw new Violation("rows repeated: " + row + " is visible " + count + " times");
                }
            }
        }
    }

    @Override
    public String toString() {
        return "seed " + seed + " with " + weakness;
    }
}
