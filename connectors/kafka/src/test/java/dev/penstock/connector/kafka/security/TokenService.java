package dev.penstock.connector.kafka.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small service that signs tokens, over HTTPS, for one client by the grant of client credentials (RFC 6749, 4.4), and
 * shows the public key to brokers as a key set (RFC 7517), over HTTP. Written for tests: it knows one client and one
 * key.
 */
public final class TokenService implements AutoCloseable {
    /** The one client. */
    public static final String CLIENT = "penstock";
    /** Its secret, which must be encoded nowhere and is seen in no message. */
    public static final String SECRET = "canary-4711-of-the-client";
    /** Who signs. */
    public static final String ISSUER = "https://issuer.test";
    /** For whom tokens are. */
    public static final String AUDIENCE = "penstock-kafka";

    private static final String KEY_ID = "first";
    private static final int OK = 200;
    private static final int BITS = 2048;
    private static final Base64.Encoder BASE = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair keys = keys();
    private final HttpsServer tokens;
    private final HttpServer keySet;
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final AtomicInteger issued = new AtomicInteger();
    private volatile Duration lifetime = Duration.ofHours(1);
    private volatile String audience = AUDIENCE;
    private volatile int status = OK;
    private volatile String field = "access_token";
    private volatile Instant expiry = Instant.EPOCH;

    /** Starts it, with a certificate of {@code authority}. */
    public TokenService(Authority authority) {
        try {
            tokens = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            tokens.setHttpsConfigurator(
                    new HttpsConfigurator(authority.issue("tokens").serverContext()));
            keySet = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serve(tokens, "/token", this::token);
        serve(keySet, "/keys", exchange -> answer(exchange, OK, keySet()));
    }

    private void serve(HttpServer server, String path, HttpHandler handler) {
        server.createContext(path, handler);
        server.setExecutor(workers);
        server.start();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where clients ask for tokens. */
    public String endpoint() {
        return "https://127.0.0.1:" + tokens.getAddress().getPort() + "/token";
    }

    /** Where brokers find the key. */
    public String keySetUrl() {
        return "http://127.0.0.1:" + keySet.getAddress().getPort() + "/keys";
    }

    /** How long tokens are good for from now on. */
    public void lifetime(Duration each) {
        lifetime = each;
    }

    /** For whom tokens are from now on. */
    public void audience(String whom) {
        audience = whom;
    }

    /** What it says from now on; it gives tokens with {@value #OK}, and is too busy with any other. */
    public void status(int code) {
        status = code;
    }

    /** Where in its answer the token is from now on. */
    public void field(String name) {
        field = name;
    }

    /** How many tokens it has given. */
    public int issued() {
        return issued.get();
    }

    /** When the last of them expires. */
    public Instant expiry() {
        return expiry;
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String basic = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(UTF_8));
        if (status != OK) {
            answer(exchange, status, "{\"error\":\"temporarily_unavailable\"}");
        } else if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"error\":\"invalid_client\",\"error_description\":\"no such client\"}");
        } else if (!Arrays.asList(body.split("&")).contains("grant_type=client_credentials")) {
            answer(exchange, 400, "{\"error\":\"unsupported_grant_type\"}");
        } else {
            answer(exchange, OK, "{\"" + field + "\":\"" + signed(scope(body)) + "\",\"token_type\":\"Bearer\"}");
            issued.incrementAndGet();
        }
    }

    private static String scope(String body) {
        return Arrays.stream(body.split("&"))
                .filter(each -> each.startsWith("scope="))
                .map(each -> each.substring("scope=".length()))
                .findFirst()
                .orElse("");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Times in tokens are whole seconds. */
    private String signed(String scope) {
        Instant now = Instant.now();
        Instant end = now.plus(lifetime);
        expiry = end;
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + KEY_ID + "\"}";
        String claims = String.format(
                "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"scope\":\"%s\",\"iat\":%d,\"exp\":%d}",
                ISSUER, audience, SecureBroker.ALICE, scope, now.getEpochSecond(), end.getEpochSecond());
        String content =
                BASE.encodeToString(header.getBytes(UTF_8)) + "." + BASE.encodeToString(claims.getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(UTF_8));
            return content + "." + BASE.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String keySet() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"" + KEY_ID + "\",\"n\":\""
                + number(key.getModulus()) + "\",\"e\":\"" + number(key.getPublicExponent()) + "\"}]}";
    }

    /** Without the byte that a sign may need. */
    private static String number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return BASE.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    @Override
    public void close() {
        tokens.stop(0);
        keySet.stop(0);
        workers.shutdownNow();
    }
}
