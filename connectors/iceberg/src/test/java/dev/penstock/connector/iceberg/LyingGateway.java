package dev.penstock.connector.iceberg;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** A gateway before a REST catalog, which once says something else than what became of a change of a table. */
final class LyingGateway implements AutoCloseable {
    private final String target;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final AtomicReference<Optional<Lie>> next = new AtomicReference<>(Optional.empty());

    private LyingGateway(String target, HttpServer server) {
        this.target = target;
        this.server = server;
    }

    /**
     * What is done about the next change.
     *
     * @param before is run before the change is passed on
     * @param status what is answered in place of what the catalog says; empty for that
     */
    record Lie(Runnable before, Optional<Integer> status) {}

    static LyingGateway before(String target) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            LyingGateway gateway = new LyingGateway(target, server);
            server.setExecutor(gateway.threads);
            server.createContext("/", gateway::handle);
            server.start();
            return gateway;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void tell(Lie lie) {
        next.set(Optional.of(lie));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean change = exchange.getRequestMethod().equals("POST")
                    && exchange.getRequestURI().getPath().matches(".*/tables/[^/]+");
            Optional<Lie> lie = change ? next.getAndSet(Optional.empty()) : Optional.empty();
            lie.ifPresent(told -> told.before().run());
            HttpResponse<byte[]> answer = client.send(request(exchange), BodyHandlers.ofByteArray());
            Optional<Integer> status = lie.flatMap(Lie::status);
            byte[] body = status.isPresent() ? new byte[0] : answer.body();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(status.orElse(answer.statusCode()), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("Authorization")) {
                request.header(name, values.get(0));
            }
        });
        byte[] body = exchange.getRequestBody().readAllBytes();
        return request.method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
