package dev.penstock.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.connector.kafka.security.Authority;
import dev.penstock.connector.kafka.security.SecureBroker;
import dev.penstock.connector.kafka.security.SecureBroker.Door;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads and writes through every way to say who one is, and is refused in words that help. */
@Timeout(120)
class SecurityTest {
    /** Whoever has made a mistake must not wait for it to be tried again. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final String OAUTH_LOGIN =
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required ";
    private static final String DENIED = "denied";

    @TempDir
    private static Path certificates;

    private static SecureBroker broker;
    private static TestCluster cluster;
    private static Authority.Identity alice;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws IOException {
        broker = new SecureBroker();
        cluster = new TestCluster(broker.kafka());
        cluster.create(DENIED, 1, Map.of());
        for (ResourceType type : List.of(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID)) {
            acl(type, "*", AclOperation.ALL, AclPermissionType.ALLOW);
        }
        acl(ResourceType.CLUSTER, "kafka-cluster", AclOperation.ALL, AclPermissionType.ALLOW);
        acl(ResourceType.TOPIC, DENIED, AclOperation.READ, AclPermissionType.DENY);
        acl(ResourceType.TOPIC, DENIED, AclOperation.WRITE, AclPermissionType.DENY);
        alice = broker.authority().issue(SecureBroker.ALICE);
        write("ca.pem", broker.authority().pem());
        write("stranger.pem", new Authority("a stranger").pem());
        write("alice.pem", alice.chain());
        write("alice.key", alice.key());
        Authority.Identity expired = broker.authority().issueExpired(SecureBroker.ALICE);
        write("expired.pem", expired.chain());
        write("expired.key", expired.key());
    }

    private static void acl(ResourceType type, String name, AclOperation operation, AclPermissionType permission) {
        AclBinding binding = new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:" + SecureBroker.ALICE, "*", operation, permission));
        TestCluster.await(cluster.admin().createAcls(List.of(binding)).all());
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(certificates.resolve(name), text);
    }

    private static String file(String name) {
        return certificates.resolve(name).toString();
    }

    @AfterAll
    static void stop() {
        cluster.close();
        broker.close();
    }

    private static Map<String, Object> settings(Door door, Object... more) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap-servers", broker.at(door)));
        settings.put("tls", door != Door.PASSWORDS && door != Door.TOKENS);
        for (int entry = 0; entry < more.length; entry += 2) {
            settings.put((String) more[entry], more[entry + 1]);
        }
        return settings;
    }

    private static Object[] password(String mechanism, String password) {
        return new Object[] {"sasl", mechanism, "user", SecureBroker.ALICE, "password", password};
    }

    private static Map<String, String> token(String subject) {
        return Map.of("sasl.jaas.config", OAUTH_LOGIN + "unsecuredLoginStringClaim_sub=\"" + subject + "\";");
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                way("plain", settings(Door.PASSWORDS, password("plain", SecureBroker.PASSWORD))),
                way("scram-sha-256", settings(Door.PASSWORDS, password("scram-sha-256", SecureBroker.PASSWORD))),
                way("scram-sha-512", settings(Door.PASSWORDS, password("scram-sha-512", SecureBroker.PASSWORD))),
                way("oauthbearer", settings(Door.TOKENS, "sasl", "oauthbearer", "client", token(SecureBroker.ALICE))),
                way("tls", settings(Door.TLS, "tls-authorities", file("ca.pem"))),
                way("mutual tls", mutual("alice")),
                way("scram over tls", scramOverTls()));
    }

    private static Map<String, Object> mutual(String name) {
        return settings(
                Door.MUTUAL,
                "tls-authorities",
                file("ca.pem"),
                "tls-certificate",
                file(name + ".pem"),
                "tls-key",
                file(name + ".key"));
    }

    private static Map<String, Object> scramOverTls() {
        Map<String, Object> both = settings(Door.BOTH, password("scram-sha-512", SecureBroker.PASSWORD));
        both.put("tls-authorities", file("ca.pem"));
        return both;
    }

    private static Arguments way(String name, Map<String, Object> settings) {
        return Arguments.of(name, settings);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void rowsGoThroughExactlyOnce(String way, Map<String, Object> connection) {
        String topic = cluster.topic(1);
        Map<String, Object> sink = new HashMap<>(connection);
        sink.put("topic", topic);
        try (Writing writing = Writing.of(cluster, directory, 1, sink).planned(Writing.RECORDS, WriteMode.append())) {
            writing.commit(writing.prepared(1, "by " + way));
        }
        Map<String, Object> source = new HashMap<>(connection);
        source.put("topics", topic);
        source.put("group", "group-of-" + topic);
        try (Reading reading = Reading.of(cluster, source);
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            assertThat(Reading.rows(partition, 1).values()).containsExactly("by " + way);
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        settings(Door.PASSWORDS, password("plain", "wrong")),
                        "password",
                        "Invalid username or password"),
                refusal(
                        settings(Door.PASSWORDS, password("scram-sha-256", "wrong")),
                        "password",
                        "invalid credentials with SASL mechanism SCRAM-SHA-256"),
                refusal(
                        settings(Door.PASSWORDS, "sasl", "oauthbearer", "client", token(SecureBroker.ALICE)),
                        "sasl",
                        "Client SASL mechanism 'OAUTHBEARER' not enabled in the server"),
                refusal(settings(Door.TLS, "tls-authorities", file("stranger.pem")), "tls-authorities", "PKIX path"),
                refusal(settings(Door.TLS), "tls-authorities", "unable to find valid certification path"),
                refusal(settings(Door.EXPIRED, "tls-authorities", file("ca.pem")), "tls-authorities", "NotAfter"),
                refusal(mutual("expired"), "tls-certificate", "expired"),
                refusal(settings(Door.MUTUAL, "tls-authorities", file("ca.pem")), "tls-certificate", "certificate"));
    }

    private static Arguments refusal(Map<String, Object> settings, String path, String reason) {
        return Arguments.of(reason, settings, path);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void whatIsWrongIsSaidSoonWithItsReasonAndRemedy(String reason, Map<String, Object> connection, String path) {
        Map<String, Object> source = new HashMap<>(connection);
        source.put("topics", DENIED);
        Map<String, Object> sink = new HashMap<>(connection);
        sink.put("topic", DENIED);
        requireRefusal(() -> Reading.of(cluster, source).close(), path, reason);
        requireRefusal(() -> Writing.of(cluster, directory, 1, sink).close(), path, reason);
    }

    private static void requireRefusal(Runnable opening, String path, String reason) {
        long start = System.nanoTime();
        ConfigException refused = catchThrowableOfType(ConfigException.class, opening::run);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        assertThat(refused).isNotNull().hasMessageContaining(reason).hasMessageNotContaining("wrong");
        Problem problem = refused.problems().get(0);
        assertThat(problem.path()).isEqualTo(path);
        assertThat(problem.code()).isEqualTo(Problem.Code.CREDENTIALS);
        assertThat(problem.toString()).contains("correct");
    }

    /** Brokers hang up on who speaks another protocol than they, as if they were about to go. */
    static Stream<Map<String, Object>> misunderstandings() {
        return Stream.of(
                settings(Door.TLS, "tls", false),
                settings(Door.PASSWORDS, "sasl", "none"),
                settings(Door.PASSWORDS, "tls", true, "tls-authorities", file("ca.pem")));
    }

    @ParameterizedTest
    @MethodSource("misunderstandings")
    void whatTheBrokersDoNotUnderstandIsSaidWithWhatToLookAt(Map<String, Object> connection) {
        Map<String, Object> source = new HashMap<>(connection);
        source.put("topics", DENIED);
        source.put("client", Map.of("request.timeout.ms", "2000", "default.api.timeout.ms", "2000"));
        assertThatThrownBy(() -> Reading.of(cluster, source).close())
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining("see that they run, and that 'tls' and 'sasl' are what they want");
    }

    @Test
    void aPasswordThatMustBeQuotedIsTheRightOne() {
        Map<String, Object> carol = settings(
                Door.PASSWORDS,
                "sasl",
                "plain",
                "user",
                SecureBroker.CAROL,
                "password",
                SecureBroker.ODD_PASSWORD,
                "topics",
                DENIED);
        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> Reading.of(cluster, carol).close());
        assertThat(refused.problems().get(0).code()).isEqualTo(Problem.Code.PRIVILEGE);
        assertThat(refused).hasMessageContaining(DENIED);
    }

    @Test
    void aTopicThatMayNotBeReadIsARefusalOfPrivilege() {
        Map<String, Object> source = settings(Door.PASSWORDS, password("plain", SecureBroker.PASSWORD));
        source.put("topics", DENIED);
        try (Reading reading = Reading.of(cluster, source);
                SourcePartition partition = reading.partition(0, Optional.empty())) {
            ConfigException refused = catchThrowableOfType(ConfigException.class, () -> Reading.rows(partition, 1));
            assertThat(refused.problems().get(0).code()).isEqualTo(Problem.Code.PRIVILEGE);
            assertThat(refused).hasMessageContaining("Not authorized to access topics: [denied]");
        }
    }

    @Test
    void aTopicThatMayNotBeWrittenIsARefusalOfPrivilegeAtTheFirstRow() {
        Map<String, Object> sink = settings(Door.PASSWORDS, password("plain", SecureBroker.PASSWORD));
        sink.put("topic", DENIED);
        try (Writing writing = Writing.of(cluster, directory, 1, sink).planned(Writing.RECORDS, WriteMode.append());
                SinkWriter writer = writing.writer(0, 1, -1)) {
            writer.begin(writing.epoch(1));
            ConfigException refused =
                    catchThrowableOfType(ConfigException.class, () -> writer.write(Writing.records("a")));
            assertThat(refused.problems().get(0).code()).isEqualTo(Problem.Code.PRIVILEGE);
            assertThat(refused).hasMessageContaining("Cannot use topic 'denied': the user may not write it");
        }
    }
}
