package dev.penstock.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
        try (KafkaProducer<byte[], byte[]> producer = KafkaData.producer(address);
                InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    producer.send(new ProducerRecord<>(topic, line.toByteArray()), (metadata, failure) -> {
                        if (failure != null) {
                            throw new IllegalStateException(failure);
                        }
                    });
                    line.reset();
                } else {
                    line.write(next);
                }
            }
        }
    }
}
