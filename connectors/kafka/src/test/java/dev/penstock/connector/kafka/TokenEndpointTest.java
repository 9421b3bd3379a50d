package dev.penstock.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.conformance.engine.OnEmbedded;
import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.connector.kafka.security.Authority;
import dev.penstock.connector.kafka.security.TokenBroker;
import dev.penstock.connector.kafka.security.TokenService;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comes with tokens that a service signs, to a broker that looks at their signature. */
@Timeout(180)
class TokenEndpointTest {
    private static final int PARTITIONS = 2;
    private static final int ROWS = 50;
    private static final Duration SHORT_LIFE = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RETRY = "sasl.login.retry.backoff.max.ms";

    @TempDir
    private static Path certificates;

    private static TokenBroker broker;
    private static TestCluster cluster;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws IOException {
        broker = new TokenBroker();
        cluster = new TestCluster(broker.kafka());
        Files.writeString(certificates.resolve("ca.pem"), broker.authority().pem());
        Files.writeString(certificates.resolve("stranger.pem"), new Authority("a stranger").pem());
    }

    @AfterAll
    static void stop() {
        cluster.close();
        broker.close();
    }

    @AfterEach
    void calm() {
        broker.service().lifetime(Duration.ofHours(1));
        broker.service().audience(TokenService.AUDIENCE);
        broker.service().status(200);
        broker.service().field("access_token");
    }

    private static Map<String, Object> settings(Object... more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap-servers",
                broker.bootstrapServers(),
                "sasl",
                "oauthbearer",
                "token-endpoint",
                broker.service().endpoint(),
                "token-client-id",
                TokenService.CLIENT,
                "token-client-secret",
                TokenService.SECRET,
                "token-scope",
                "kafka",
                "token-authorities",
                certificates.resolve("ca.pem").toString(),
                "client",
                Map.of(RETRY, "1000")));
        for (int entry = 0; entry < more.length; entry += 2) {
            settings.put((String) more[entry], more[entry + 1]);
        }
        return settings;
    }

    private static void append(String topic, int round) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            cluster.send(topic, partition, CommittedReader.numbers(partition, round * ROWS, (round + 1) * ROWS));
        }
    }

    private static void awaitExpiry(Instant expiry) {
        Waiting.until("the expiry of a token", PATIENCE, () -> Instant.now().isAfter(expiry));
    }

    private static void awaitRows(CommittedReader reader, int rounds) throws InterruptedException {
        reader.await(PARTITIONS * ROWS * rounds, PATIENCE);
    }

    @Test
    void rowsGoOnWhenTokensExpireAndWhenNoneCanBeHadForLonger() throws Exception {
        String from = cluster.topic(PARTITIONS);
        String to = cluster.topic(PARTITIONS);
        CopyPipeline copy = new CopyPipeline(broker.bootstrapServers(), from, to, directory);
        broker.service().lifetime(SHORT_LIFE);
        int before = broker.service().issued();
        try (CommittedReader reader = new CommittedReader(cluster.kafka().bootstrapServers(), to, PARTITIONS);
                TestedEngine.Running running = new OnEmbedded().start(copy.job(settings(), settings()))) {
            append(from, 0);
            awaitRows(reader, 1);
            awaitExpiry(broker.service().expiry());
            append(from, 1);
            awaitRows(reader, 2);
            assertThat(broker.service().issued()).as("tokens").isGreaterThan(before + 1);

            broker.service().status(503);
            awaitExpiry(broker.service().expiry());
            append(from, 2);
            broker.service().status(200);
            awaitRows(reader, 3);
            assertThat(running.await(Duration.ZERO)).as("whether it ended").isFalse();
            reader.requireEachOnceInOrder(PARTITIONS, ROWS * 3);
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("token-client-secret", "wrong", "token-client-secret", "invalid_client"),
                Arguments.of("token-client-id", "wrong", "token-client-secret", "no such client"),
                Arguments.of(
                        "token-endpoint",
                        broker.service().endpoint().replace("/token", "/none"),
                        "token-endpoint",
                        "404"),
                Arguments.of(
                        "token-authorities",
                        certificates.resolve("stranger.pem").toString(),
                        "token-authorities",
                        "valid certification path"));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("refusals")
    void whatIsWrongIsSaidWithItsReasonAndRemedy(String setting, String value, String path, String reason) {
        for (Runnable opening : openings(settings(setting, value))) {
            ConfigException refused = catchThrowableOfType(ConfigException.class, opening::run);
            assertThat(refused)
                    .hasMessageContaining(reason)
                    .hasMessageContaining("no token could be had")
                    .hasMessageNotContaining(TokenService.SECRET)
                    .hasMessageNotContaining("\tat ");
            assertThat(refused.problems()).hasSize(1);
            assertThat(refused.problems().get(0).path()).isEqualTo(path);
            assertThat(refused.problems().get(0).code()).isEqualTo(Problem.Code.CREDENTIALS);
        }
    }

    private Runnable[] openings(Map<String, Object> connection) {
        String topic = cluster.topic(1);
        Map<String, Object> source = new HashMap<>(connection);
        source.put("topics", topic);
        Map<String, Object> sink = new HashMap<>(connection);
        sink.put("topic", topic);
        return new Runnable[] {
            () -> Reading.of(cluster, source).close(),
            () -> Writing.of(cluster, directory, 1, sink).close()
        };
    }

    @Test
    void aTokenForOthersIsRefusedByTheBrokers() {
        broker.service().audience("others");
        for (Runnable opening : openings(settings())) {
            ConfigException refused = catchThrowableOfType(ConfigException.class, opening::run);
            assertThat(refused).hasMessageContaining("invalid_token").hasMessageContaining("audience");
            assertThat(refused.problems().get(0).path()).isEqualTo("token-endpoint");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 429})
    void aServiceThatIsAwayIsAskedAgain(int status) {
        broker.service().status(status);
        for (Runnable opening : openings(settings())) {
            assertThatThrownBy(opening::run)
                    .isInstanceOf(RetryableException.class)
                    .hasMessageContaining("no token could be had")
                    .hasMessageContaining(String.valueOf(status));
        }
    }

    @Test
    void aTokenInAnAnswerThatIsNotUnderstoodIsShownNowhere() {
        broker.service().field("token");
        for (Runnable opening : openings(settings())) {
            ConfigException refused = catchThrowableOfType(ConfigException.class, opening::run);
            assertThat(refused).hasMessageContaining("valid JWT");
            assertThat(Throwables.getStackTrace(refused)).doesNotContain("eyJ");
        }
    }

    @Test
    void aBalancerThatHangsUpIsAskedAgain() throws Exception {
        try (ServerSocket balancer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread hangingUp = new Thread(() -> hangUp(balancer), "balancer");
            hangingUp.setDaemon(true);
            hangingUp.start();
            String endpoint = "https://127.0.0.1:" + balancer.getLocalPort() + "/token";
            for (Runnable opening : openings(settings("token-endpoint", endpoint))) {
                assertThatThrownBy(opening::run)
                        .isInstanceOf(RetryableException.class)
                        .hasMessageContaining("no token could be had");
            }
        }
    }

    /** Ends each connection once the client has begun to speak. */
    private static void hangUp(ServerSocket balancer) {
        while (!balancer.isClosed()) {
            try (Socket each = balancer.accept()) {
                each.getInputStream().readNBytes(1 << 5);
            } catch (IOException e) {
                // The client was faster, or the test is over.
            }
        }
    }

    /** It takes connections, and that is all. */
    @Test
    @Timeout(60)
    void anEndpointThatSaysNothingIsAskedAgain() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String endpoint = "https://127.0.0.1:" + silent.getLocalPort() + "/token";
            Map<String, String> client = Map.of("sasl.login.read.timeout.ms", "300", RETRY, "200");
            for (Runnable opening : openings(settings("token-endpoint", endpoint, "client", client))) {
                assertThatThrownBy(opening::run)
                        .isInstanceOf(RetryableException.class)
                        .hasMessageContaining("no token could be had");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://login.example.com/token", ""})
    void whatIsSetForTheProcessDecidesWhichEndpointsMayBeAsked(String allowed) {
        String before = System.getProperty(AllowedEndpoints.ALLOWED);
        try {
            System.setProperty(AllowedEndpoints.ALLOWED, allowed);
            ConfigException refused = catchThrowableOfType(ConfigException.class, openings(settings())[0]::run);
            assertThat(refused.problems().get(0).path()).isEqualTo("token-endpoint");
            assertThat(refused)
                    .hasMessageContaining("this process was started with -D" + AllowedEndpoints.ALLOWED)
                    .hasMessageContaining("add it there");
            assertThat(System.getProperty(AllowedEndpoints.ALLOWED)).isEqualTo(allowed);
        } finally {
            if (before == null) {
                System.clearProperty(AllowedEndpoints.ALLOWED);
            } else {
                System.setProperty(AllowedEndpoints.ALLOWED, before);
            }
        }
    }
}
