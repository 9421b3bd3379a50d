package dev.penstock.benchmarks;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.engine.embedded.EmbeddedEngine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The processor time of a pipeline that has a hundred partitions and hardly a row: seconds in twenty seconds. */
final class IdleBenchmark implements Benchmark {
    private static final long SECONDS = 20;
    private static final int PARTITIONS = 100;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String unit() {
        return "seconds";
    }

    @Override
    public boolean measuresSeconds() {
        return true;
    }

    @Override
    public List<Contender> prepare(Workplace workplace) {
        return List.of(
                Contender.java(Contender.OURS, Ours.class, SECONDS, List.of("-Xmx256m", "-XX:+UseSerialGC"), SECONDS));
    }

    /** Runs the flow in this JVM: one row a second over all partitions. */
    static final class Ours {
        private Ours() {}

        public static void main(String[] arguments) throws InterruptedException {
            long seconds = Long.parseLong(arguments[0]);
            CountDownLatch rows = new CountDownLatch(5);
            Flow flow = Flow.named("idle").withoutCheckpoint();
            flow.read("in", "generate", Map.of("partitions", PARTITIONS, "rate", 1))
                    .to("out", ItemSink.forEach(row -> rows.countDown()));
            EmbeddedEngine engine = EmbeddedEngine.of(flow.plan(ConnectorCatalog.load(Ours.class.getClassLoader())));
            Thread runner = new Thread(engine::run, "run");
            runner.start();
            rows.await(); // by then all classes are loaded, and all partitions open
            Measured measured = Measured.start();
            Thread.sleep(seconds * 1_000);
            measured.print(seconds);
            engine.stop();
            runner.join();
        }
    }
}
