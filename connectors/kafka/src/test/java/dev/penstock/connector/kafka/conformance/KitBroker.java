package dev.penstock.connector.kafka.conformance;

import dev.penstock.local.LocalKafka;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker that asks who is there: the pipeline may do everything, the guest nothing. */
final class KitBroker implements AutoCloseable {
    static final String USER = "pipeline";
    static final String PASSWORD = "canary-4711-of-the-pipeline";
    static final String GUEST = "guest";
    static final String GUEST_PASSWORD = "canary-0815-of-the-guest";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    private final LocalKafka kafka;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    KitBroker() {
        kafka = LocalKafka.start(properties());
        admin = Admin.create(client());
        Map<String, Object> large = new HashMap<>(client());
        large.put("max.request.size", 4 << 20);
        producer = new KafkaProducer<>(large, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put("listeners", "SASL_PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller-port}");
        properties.put("advertised.listeners", "SASL_PLAINTEXT://127.0.0.1:{port}");
        properties.put("listener.security.protocol.map", "SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "SASL_PLAINTEXT");
        properties.put("sasl.enabled.mechanisms", "PLAIN");
        properties.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        properties.put(
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                LOGIN + user("username", "password", USER, PASSWORD) + " user_" + USER + "=\"" + PASSWORD + "\" user_"
                        + GUEST + "=\"" + GUEST_PASSWORD + "\";");
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        properties.put("super.users", "User:" + USER + ";User:ANONYMOUS");
        properties.put("log.cleaner.backoff.ms", "200");
        return properties;
    }

    private static String user(String nameKey, String passwordKey, String name, String password) {
        return nameKey + "=\"" + name + "\" " + passwordKey + "=\"" + password + "\"";
    }

    /** How the fixtures themselves connect. */
    Map<String, Object> client() {
        return Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                LOGIN + user("username", "password", USER, PASSWORD) + ";");
    }

    int port() {
        return kafka.port();
    }

    Admin admin() {
        return admin;
    }

    KafkaProducer<byte[], byte[]> producer() {
        return producer;
    }

    /** The names of the topics that begin with {@code prefix}. */
    List<String> topics(String prefix) {
        return await(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
    }

    static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try (kafka) {
            producer.close();
            admin.close();
        }
    }
}
