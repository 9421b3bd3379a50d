package dev.penstock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts real brokers. */
@Timeout(180)
class LocalKafkaTest {
    @Test
    void listensWhenStartedAndAgainAfterAKill() throws IOException {
        Path directory;
        try (LocalKafka kafka = LocalKafka.start(Map.of("num.partitions", "3"))) {
            directory = kafka.directory();
            int port = kafka.port();
            assertThat(answers(port)).isTrue();
            kafka.kill();
            assertThat(answers(port)).isFalse();
            kafka.restart();
            assertThat(kafka.port()).isEqualTo(port);
            assertThat(answers(port)).isTrue();
        }
        assertThat(directory).doesNotExist();
    }

    @Test
    void severalBrokersAreOneCluster() throws IOException {
        try (LocalKafkaCluster cluster = LocalKafkaCluster.start(2, Map.of())) {
            assertThat(cluster.bootstrapServers().split(",")).hasSize(2);
            cluster.broker(2).kill();
            assertThat(answers(cluster.broker(2).port())).isFalse();
            cluster.broker(2).restart();
            assertThat(answers(cluster.broker(2).port())).isTrue();
            assertThat(answers(cluster.broker(1).port())).isTrue();
        }
    }

    @Test
    void endsWithItsParent() throws IOException, InterruptedException {
        Process parent = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader reader = parent.inputReader()) {
            long broker = Long.parseLong(reader.readLine());
            Path directory = Path.of(reader.readLine());
            ProcessHandle handle = ProcessHandle.of(broker).orElseThrow();
            parent.destroyForcibly();
            assertThat(handle.onExit()).succeedsWithin(30, TimeUnit.SECONDS);
            Directories.delete(directory);
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void saysWhatTheBrokerSaidIfItDoesNotStart() {
        assertThat(catchThrowable(() -> LocalKafka.start(Map.of("node.id", "none"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Invalid value none");
    }

    private static boolean answers(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    /** Starts a broker, says which, and waits to be killed. */
    public static final class Owner {
        private Owner() {}

        /** Runs until it is killed. */
        public static void main(String[] args) throws InterruptedException {
            LocalKafka kafka = LocalKafka.start();
            System.out.println(kafka.pid());
            System.out.println(kafka.directory());
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
