package dev.penstock.conformance.engine;

/**
 * The kit's own engine: the contract of the SPI in its plainest form, to be read as well as run.
 *
 * <p>One process, one thread for each writer, partitions dealt among the threads. An epoch ends for all threads at
 * once: everybody stops, writers prepare or flush, a file is written and forced to disk, and only then sources are told
 * and handles are committed. Whatever crashes, the next life starts from that file. {@link KitLife} shows the order of
 * calls.
 */
public final class KitEngine implements TestedEngine {
    @Override
    public String name() {
        return "kit";
    }

    @Override
    public Running start(EngineJob job) {
        KitRun run = new KitRun(job);
        return RunningThread.start("kit-" + job.name(), run::run, run::stop);
    }
}
