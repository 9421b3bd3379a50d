package dev.penstock.connector.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Stands before a service and answers some requests in its place, or does not pass on what it answers. */
final class Faults implements AutoCloseable {
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

    private final URI service;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger hits = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;
    private volatile Predicate<HttpExchange> wanted = exchange -> false;
    private volatile int left;

    /** What can go wrong. */
    enum Fault {
        NONE,
        /** 500. */
        INTERNAL,
        /** 503, as services do that are asked too often. */
        SLOW_DOWN,
        /** 403: the credentials were valid until now. */
        EXPIRED,
        /** The request is done, and nobody hears of it. */
        LOST_REPLY,
        /** Half of the reply comes. */
        HALF_REPLY
    }

    Faults(String endpoint) throws IOException {
        service = URI.create(endpoint);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next {@code count} requests that are like this fail. */
    void strike(Fault next, int count, Predicate<HttpExchange> like) {
        wanted = like;
        left = count;
        fault = next;
    }

    int hits() {
        return hits.get();
    }

    private synchronized Fault faultOf(HttpExchange exchange) {
        if (left == 0 || !wanted.test(exchange)) {
            return Fault.NONE;
        }
        left--;
        hits.incrementAndGet();
        return fault;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (faultOf(exchange)) {
                case NONE -> pass(exchange, forwarded(exchange, body), false);
                case INTERNAL -> refuse(exchange, 500, "InternalError");
                case SLOW_DOWN -> refuse(exchange, 503, "SlowDown");
                case EXPIRED -> refuse(exchange, 403, "ExpiredToken");
                case LOST_REPLY -> forwarded(exchange, body);
                case HALF_REPLY -> pass(exchange, forwarded(exchange, body), true);
            }
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] text = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>as told</Message></Error>")
                .getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }

    private HttpResponse<byte[]> forwarded(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void pass(HttpExchange exchange, HttpResponse<byte[]> reply, boolean half) throws IOException {
        reply.headers().map().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                exchange.getResponseHeaders().put(name, List.copyOf(values));
            }
        });
        byte[] body = reply.body();
        exchange.sendResponseHeaders(reply.statusCode(), body.length == 0 ? -1 : body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, half ? body.length / 2 : body.length);
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
