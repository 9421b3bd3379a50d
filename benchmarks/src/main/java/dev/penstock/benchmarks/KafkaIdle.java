package dev.penstock.benchmarks;

import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.engine.embedded.EmbeddedEngine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The processor time of a pipeline that follows 1,000 partitions in which nothing happens, in twenty seconds. */
final class KafkaIdle implements Benchmark {
    static final int MANY = 1_000;
    static final int BUSY = 10;
    private static final long ROWS = 1_000;
    private static final long SECONDS = 20;
    /** Until the compilers have nothing left to do. */
    private static final long WARM_MILLIS = 30_000;

    @Override
    public String name() {
        return "kafka-idle";
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
    public List<Contender> prepare(Workplace workplace) throws InterruptedException {
        return List.of(Contender.java(
                Contender.OURS,
                Ours.class,
                SECONDS,
                KafkaData.ours(),
                KafkaData.broker().bootstrapServers(),
                KafkaData.spread(MANY, ROWS)));
    }

    /** Follows the topic in this JVM. */
    static final class Ours {
        private Ours() {}

        /** Arguments: the broker, the topic. */
        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch rows = new CountDownLatch((int) ROWS);
            Flow flow = Flow.named("idle").withoutCheckpoint();
            flow.read("in", "kafka", Map.of("bootstrap-servers", arguments[0], "topics", arguments[1]))
                    .to("out", ItemSink.forEach(row -> rows.countDown()));
            EmbeddedEngine engine = EmbeddedEngine.of(flow.plan(ConnectorCatalog.load(Ours.class.getClassLoader())));
            Thread runner = new Thread(engine::run, "run");
            runner.start();
            rows.await(); // by then all partitions with rows are open
            Thread.sleep(WARM_MILLIS);
            Measured measured = Measured.start();
            Thread.sleep(SECONDS * 1_000);
            measured.print(SECONDS);
            engine.stop();
            runner.join();
        }
    }
}
