package dev.penstock.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/** The jobs of the Kafka benchmarks on a MiniCluster with Flink's own connector: parallelism 1, object reuse. */
final class KafkaFlink {
    private KafkaFlink() {}

    /** Arguments: filter or mask, the broker, the topic, its rows, a directory for checkpoints. */
    public static void main(String[] arguments) throws Exception {
        boolean masks = arguments[0].equals("mask");
        long rows = Long.parseLong(arguments[3]);
        Job job = new Job(arguments[1], masks, Path.of(arguments[4]));
        job.execute(arguments[2] + KafkaData.WARM);
        Measured measured = Measured.start();
        job.execute(arguments[2]);
        measured.print(rows);
    }

    /** What is done, and where. */
    record Job(String address, boolean masks, Path directory) {
        void execute(String topic) throws Exception {
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.createLocalEnvironment(1, configuration());
            KafkaSource<Order> source = KafkaSource.<Order>builder()
                    .setBootstrapServers(address)
                    .setTopics(topic)
                    .setStartingOffsets(OffsetsInitializer.earliest())
                    .setBounded(OffsetsInitializer.latest())
                    .setProperty("isolation.level", "read_committed")
                    .setValueOnlyDeserializer(new FromJson())
                    .build();
            DataStream<Order> orders = environment.fromSource(source, WatermarkStrategy.noWatermarks(), "orders");
            if (masks) {
                orders.map(new Mask()).sinkTo(sink());
            } else {
                orders.filter(order -> order.quantity >= 10).sinkTo(new DiscardingSink<>());
            }
            environment.execute("orders");
        }

        private Configuration configuration() throws IOException {
            Configuration configuration = new Configuration();
            configuration.set(PipelineOptions.OBJECT_REUSE, true);
            // With checkpoints Flink tries for ever; a benchmark had better say what is wrong.
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
            if (masks) {
                configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
                configuration.set(
                        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                        Files.createDirectories(directory).toUri().toString());
                configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
            }
            return configuration;
        }

        private KafkaSink<Order> sink() {
            return KafkaSink.<Order>builder()
                    .setBootstrapServers(address)
                    .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                    .setTransactionalIdPrefix("flink-" + System.nanoTime())
                    .setProperty("transaction.timeout.ms", "600000")
                    .setProperty("batch.size", String.valueOf(1 << 18))
                    .setRecordSerializer(KafkaRecordSerializationSchema.<Order>builder()
                            .setTopic(KafkaCopyBenchmark.OUT)
                            .setValueSerializationSchema(new ToJson())
                            .build())
                    .build();
        }
    }

    /** A row, as a job for Flink would have it. */
    public static final class Order {
        public long id;
        public String email = "";
        public String name = "";
        public String city = "";
        public double amount;
        public int quantity;
        public boolean paid;
        public String note = "";
    }

    private static final class FromJson extends AbstractDeserializationSchema<Order> {
        private static final long serialVersionUID = 1;

        private transient @Nullable ObjectReader reader;

        @Override
        public void open(InitializationContext context) {
            reader = new ObjectMapper().readerFor(Order.class);
        }

        @Override
        public Order deserialize(byte[] message) throws IOException {
            ObjectReader now = reader;
            if (now == null) {
                throw new IllegalStateException("not open");
            }
            return now.readValue(message);
        }
    }

    private static final class ToJson implements SerializationSchema<Order> {
        private static final long serialVersionUID = 1;

        private transient @Nullable ObjectWriter writer;

        @Override
        public void open(InitializationContext context) {
            writer = new ObjectMapper().writerFor(Order.class);
        }

        @Override
        public byte[] serialize(Order order) {
            ObjectWriter now = writer;
            if (now == null) {
                throw new IllegalStateException("not open");
            }
            try {
                return now.writeValueAsBytes(order);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static final class Mask extends RichMapFunction<Order, Order> {
        private static final long serialVersionUID = 1;

        private transient @Nullable Mac mac;

        @Override
        public void open(OpenContext context) throws GeneralSecurityException {
            Mac made = Mac.getInstance("HmacSHA256");
            made.init(new SecretKeySpec("benchmark".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac = made;
        }

        @Override
        public Order map(Order order) {
            Mac now = mac;
            if (now == null) {
                throw new IllegalStateException("not open");
            }
            order.email = HexFormat.of().formatHex(now.doFinal(order.email.getBytes(StandardCharsets.UTF_8)));
            order.name = "***";
            return order;
        }
    }
}
