package dev.penstock.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends the lines of a file with the idempotent producer, as fast as it takes them. */
final class KafkaRawProducer {
    private KafkaRawProducer() {}

    /** Arguments: the broker, the topic, the file, its rows, a smaller file to warm up with. */
    public static void main(String[] arguments) throws IOException {
        send(arguments[0], arguments[1], Path.of(arguments[4]));
        Measured measured = Measured.start();
        send(arguments[0], arguments[1], Path.of(arguments[2]));
        measured.print(Long.parseLong(arguments[3]));
    }

    private static void send(String address, String topic, Path file) throws IOException {
        byte[] block = new byte[1 << 20];
        try (KafkaProducer<byte[], byte[]> producer = KafkaData.producer(address);
                InputStream in = Files.newInputStream(file)) {
            int kept = 0;
            for (int read = in.read(block); read >= 0; read = in.read(block, kept, block.length - kept)) {
                int end = kept + read;
                int from = 0;
                for (int i = kept; i < end; i++) {
                    if (block[i] == '\n') {
                        send(producer, new ProducerRecord<>(topic, Arrays.copyOfRange(block, from, i)));
                        from = i + 1;
                    }
                }
                kept = end - from;
                System.arraycopy(block, from, block, 0, kept);
            }
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
        });
    }
}
