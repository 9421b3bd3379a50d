package dev.penstock.conformance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final EchoServer server = EchoServer.start();
    private final FaultProxy proxy = FaultProxy.before(server.address());

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    @Test
    void deliversWhatIsSaidAndCountsIt() throws IOException {
        try (Client client = new Client(proxy)) {
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
        assertThat(proxy.log().connections()).isEqualTo(1);
        assertThat(proxy.log().bytes(Direction.REQUEST)).isEqualTo(9);
        assertThat(proxy.log().bytes(Direction.RESPONSE)).isEqualTo(9);
        assertThat(proxy.log().hits()).isEmpty();
    }

    @Test
    void endsTheWayBackWhenTheClientHasNoMoreToSay() throws IOException {
        try (Client client = new Client(proxy)) {
            client.socket.shutdownOutput();
            assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void resetsAfterExactlyTheBytesThatWereAskedFor() throws Exception {
        proxy.arm(Trigger.afterBytes(Direction.REQUEST, 6), Fault.RESET);
        try (Client client = new Client(proxy)) {
            client.write("hello");
            assertThatThrownBy(client::read).isInstanceOf(SocketException.class);
        }
        assertThat(proxy.log().hits()).containsExactly(new Hit(Fault.RESET, 1, Direction.REQUEST, 6));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void countsBytesOverAllConnections() throws Exception {
        proxy.arm(Trigger.afterBytes(Direction.REQUEST, 9), Fault.RESET);
        try (Client one = new Client(proxy);
                Client two = new Client(proxy)) {
            assertThat(one.ask("first")).isEqualTo("first");
            two.write("second");
            assertThatThrownBy(two::read).isInstanceOf(SocketException.class);
        }
        assertThat(proxy.log().hits()).extracting(Hit::connection).containsExactly(2L);
    }

    @Test
    void losesTheReplyToARequestThatWasDelivered() throws Exception {
        proxy.arm(Trigger.afterMatch(Direction.REQUEST, "commit"), Fault.LOSE_REPLY);
        try (Client client = new Client(proxy)) {
            assertThat(client.ask("com")).isEqualTo("com");
            assertThatThrownBy(() -> client.ask("please commit this")).isInstanceOf(SocketException.class);
        }
        assertThat(server.requests()).containsExactly("com", "please commit this");
        assertThat(proxy.log().hits()).extracting(Hit::fault).containsExactly(Fault.LOSE_REPLY);
    }

    @Test
    void findsATextThatComesInPieces() throws Exception {
        proxy.arm(Trigger.afterMatch(Direction.REQUEST, "ababc"), Fault.LOSE_REPLY);
        try (Client client = new Client(proxy)) {
            client.out.writeInt(9);
            for (byte one : "xabababcx".getBytes(StandardCharsets.UTF_8)) {
                client.out.write(one);
                client.out.flush();
            }
            assertThatThrownBy(client::read).isInstanceOf(SocketException.class);
        }
        assertThat(server.requests()).containsExactly("xabababcx");
    }

    @Test
    void letsAFaultHappenInTheExchangeThatWasAskedFor() throws Exception {
        proxy.arm(Trigger.inExchange(3), Fault.LOSE_REPLY);
        try (Client client = new Client(proxy)) {
            assertThat(client.ask("1")).isEqualTo("1");
            assertThat(client.ask("2")).isEqualTo("2");
            assertThatThrownBy(() -> client.ask("3")).isInstanceOf(IOException.class);
        }
        assertThat(server.requests()).containsExactly("1", "2", "3");
    }

    @Test
    void keepsEverythingBackUntilItIsHealed() throws Exception {
        try (Client client = new Client(proxy)) {
            assertThat(client.ask("before")).isEqualTo("before");
            proxy.strike(Fault.STALL);
            client.socket.setSoTimeout(50);
            client.write("kept back");
            assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
            assertThat(server.requests()).containsExactly("before");
            proxy.heal();
            client.socket.setSoTimeout(10_000);
            assertThat(client.read()).isEqualTo("kept back");
        }
        assertThat(proxy.log().hits()).extracting(Hit::fault).contains(Fault.STALL);
    }

    @Test
    void swallowsConnectionsThatAreMadeDuringAStall() throws Exception {
        proxy.strike(Fault.STALL);
        try (Client client = new Client(proxy)) {
            client.write("unheard");
            assertThat(proxy.log().awaitHits(1, LIMIT)).isTrue();
            client.socket.setSoTimeout(50);
            assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void halfClosesTheWayBackAndStillDeliversRequests() throws Exception {
        try (Client client = new Client(proxy)) {
            assertThat(client.ask("before")).isEqualTo("before");
            proxy.strike(Fault.HALF_CLOSE);
            assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
            client.write("after");
            assertThat(server.awaitRequests(2, LIMIT)).isTrue();
        }
    }

    @Test
    void refusesConnectionsUntilItIsHealed() throws Exception {
        proxy.refuse();
        assertThatThrownBy(() -> new Client(proxy)).isInstanceOf(ConnectException.class);
        proxy.heal();
        try (Client client = new Client(proxy)) {
            assertThat(client.ask("hello")).isEqualTo("hello");
        }
    }

    @Test
    void delaysEveryPiece() throws Exception {
        try (Client client = new Client(proxy)) {
            client.ask("warm");
            proxy.shape(Shape.latency(Duration.ofMillis(40)));
            long start = System.nanoTime();
            client.ask("slow");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
        }
    }

    @Test
    void letsNoMoreThroughThanTheBandwidth() throws Exception {
        try (Client client = new Client(proxy)) {
            proxy.shape(Shape.bandwidth(100_000));
            long start = System.nanoTime();
            client.ask("x".repeat(5_000));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(90));
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        String prefix = "fault-proxy-" + proxy.address().getPort();
        try (Client client = new Client(proxy)) {
            client.ask("hello");
        }
        proxy.close();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals(prefix))
                && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain(prefix);
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final DataOutputStream out;
        private final DataInputStream in;

        private Client(FaultProxy proxy) throws IOException {
            socket = new Socket();
            socket.connect(proxy.address());
            socket.setSoTimeout(10_000);
            socket.setTcpNoDelay(true);
            out = new DataOutputStream(socket.getOutputStream());
            in = new DataInputStream(socket.getInputStream());
        }

        private String ask(String text) throws IOException {
            write(text);
            return read();
        }

        private void write(String text) throws IOException {
            EchoServer.write(out, text);
        }

        private String read() throws IOException {
            return EchoServer.read(in);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
