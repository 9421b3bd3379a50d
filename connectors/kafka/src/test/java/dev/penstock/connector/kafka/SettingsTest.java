package dev.penstock.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static Config source(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("bootstrap-servers", "localhost:9092", "topics", "orders"));
        all.putAll(settings);
        return SourceSettings.SPEC.parse(all).orThrow();
    }

    private static Config sink(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of("bootstrap-servers", "localhost:9092", "topic", "orders"));
        all.putAll(settings);
        return SinkSettings.SPEC.parse(all).orThrow();
    }

    @Test
    void namesAllThatIsWrongAtOnceWithWhatWasMeant() {
        Config config = source(Map.of(
                "bootstrap-servers",
                "localhost",
                "client",
                Map.of("fetch.min.byts", "1", "group.id", "mine"),
                "metadata",
                "kye"));
        assertThatThrownBy(() -> new KafkaConnector().source(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bootstrap-servers: 'localhost' is not a host and a port")
                .hasMessageContaining("client.fetch.min.byts: is not a property of this client of Kafka; did you mean"
                        + " 'fetch.min.bytes'?")
                .hasMessageContaining("client.group.id: cannot be set here; use 'group'")
                .hasMessageContaining("did you mean 'key'?");
    }

    @Test
    void passesClientPropertiesToTheClientsThatKnowThem() {
        Config config = source(Map.of("client", Map.of("fetch.min.bytes", "7")));
        ConnectionSettings connection = SourceSettings.of(config).connection();
        assertThat(ClientProperties.of(connection, Path.of(""), SourceSettings.clientNames()))
                .containsEntry("fetch.min.bytes", "7");
        assertThat(ClientProperties.of(connection, Path.of(""), SinkSettings.clientNames()))
                .doesNotContainKey("fetch.min.bytes");
    }

    @Test
    void quotesPasswordsSoThatTheyCannotEndTheLoginConfiguration() {
        Config config = source(Map.of("sasl", "scram-sha-512", "user", "u", "password", "a\"b\\c;"));
        Map<String, Object> properties =
                ClientProperties.of(SourceSettings.of(config).connection(), Path.of(""), SourceSettings.clientNames());
        assertThat(properties)
                .containsEntry("security.protocol", "SASL_PLAINTEXT")
                .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\""
                                + " password=\"a\\\"b\\\\c;\";");
    }

    @Test
    void promisesLessWhenTheSinkIsToldToDeliverAtLeastOnce() {
        KafkaConnector connector = new KafkaConnector();
        assertThat(connector.capabilities(Role.SINK, sink(Map.of()))).contains(Capability.TRANSACTIONAL);
        assertThat(connector.capabilities(Role.SINK, sink(Map.of("delivery", "at-least-once"))))
                .containsExactly(Capability.AT_LEAST_ONCE);
    }

    @Test
    void aKeyIsOneColumnOrAnObjectOfSeveral() {
        assertThat(SinkSettings.of(sink(Map.of("key-columns", List.of("a", "b", "a"))))
                        .columns()
                        .keyObject())
                .containsExactly("a", "b");
        assertThatThrownBy(() -> sink(Map.of("key-column", "a", "key-columns", List.of("b"))))
                .hasMessageContaining("key-columns: cannot be given together with 'key-column'");
    }

    @Test
    void aTopicMayHaveALongNameAndAPartitionOfItStillAnId() {
        String topic = "t".repeat(249);
        PartitionName name = new PartitionName(new TopicPartition(topic, 12), Uuid.randomUuid());
        assertThat(name.id()).hasSizeLessThan(200).endsWith("-12");
        assertThat(PartitionName.of(name.toPartition(true))).isEqualTo(name);
    }
}
