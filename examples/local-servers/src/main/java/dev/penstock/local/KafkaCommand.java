package dev.penstock.local;

import dev.penstock.local.ServerCommand.Running;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;

/** Runs a broker for people; they call it {@code examples/local-servers/kafka}. */
public final class KafkaCommand {
    private static final int USUAL_PORT = 9092;

    private KafkaCommand() {}

    /** Runs a broker; {@code --help} tells how. */
    public static void main(String[] args) throws IOException, InterruptedException {
        new ServerCommand("kafka", "Kafka broker", "KAFKA", USUAL_PORT, KafkaCommand::start).run(args);
    }

    private static Running start(OptionalInt port) {
        LocalKafka kafka = LocalKafka.start(port.isPresent() ? at(port.getAsInt()) : Map.of());
        return new Running(port.orElse(kafka.port()), kafka::close);
    }

    private static Map<String, String> at(int port) {
        String listener = "PLAINTEXT://127.0.0.1:" + port;
        return Map.of(
                "listeners", listener + ",CONTROLLER://127.0.0.1:{controller-port}", "advertised.listeners", listener);
    }
}
