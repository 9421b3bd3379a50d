package dev.penstock.format.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that answers as it was told, and remembers what it was asked: for replies that no real registry gives on
 * demand.
 */
final class PlayedRegistry implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Played> replies = new ArrayDeque<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** A reply. */
    private record Played(int status, String body) {}

    PlayedRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The last of the replies is given again and again. */
    PlayedRegistry answers(int status, String body) {
        replies.add(new Played(status, body));
        return this;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI()
                + (authorization == null ? "" : " " + authorization));
        Played reply = replies.size() > 1 ? replies.pop() : replies.peek();
        byte[] body = reply == null ? new byte[0] : reply.body.getBytes(UTF_8);
        exchange.sendResponseHeaders(reply == null ? 500 : reply.status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
