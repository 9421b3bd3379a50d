package dev.penstock.format.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.RetryableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Calls a registry: one URL after the other, again and again with growing pauses, until one of them gives an answer
 * that is not about itself or its patience is at an end. Safe for use from any thread.
 */
final class RegistryHttp {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final int TOO_MANY = 429;
    private static final int REQUEST_TIMEOUT = 408;

    private final RegistrySettings settings;
    private final HttpClient client;
    private volatile int first;

    RegistryHttp(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL);
        if (settings.urls().stream().anyMatch(url -> "https".equals(url.getScheme()))) {
            builder.sslContext(PemTls.context(settings));
        }
        this.client = builder.build();
    }

    /** What a registry said. */
    record Reply(int status, String body) {}

    Reply ask(String path) {
        return call(path, Optional.empty());
    }

    Reply send(String path, String body) {
        return call(path, Optional.of(body));
    }

    /**
     * The reply of the first URL that has one.
     *
     * @throws RetryableException if none has for {@code registry-retry}
     * @throws dev.penstock.spi.ConfigException if it refuses the credentials
     */
    private Reply call(String path, Optional<String> body) {
        long deadline = System.nanoTime() + settings.retry().toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            Failure last = new Failure("no URL", new IOException("no URL"));
            for (int i = 0; i < settings.urls().size(); i++) {
                int index = (first + i) % settings.urls().size();
                try {
                    Reply reply = once(settings.urls().get(index), path, body);
                    first = index;
                    return reply;
                } catch (Failure e) {
                    last = e;
                }
            }
            if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause) > deadline) {
                throw unavailable(last);
            }
            sleep(pause + ThreadLocalRandom.current().nextLong(pause / 2));
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        }
    }

    /** The registry, not the request, is what failed. */
    private static final class Failure extends Exception {
        Failure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private RetryableException unavailable(Failure last) {
        return new RetryableException(
                "Cannot reach the schema registry at " + settings.place() + ": " + last.getMessage()
                        + "; start it, or correct 'registry'",
                last);
    }

    private Reply once(URI url, String path, Optional<String> body) throws Failure {
        HttpRequest request = request(url, path, body);
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
            int status = response.statusCode();
            if (status == 401 || status == 403) {
                throw RegistryProblems.refused(url.toString(), status);
            }
            if (status >= 500 || status == TOO_MANY || status == REQUEST_TIMEOUT) {
                throw new Failure("status " + status, new IOException("status " + status));
            }
            return new Reply(status, response.body());
        } catch (IOException e) {
            throw new Failure(e.toString(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpRequest request(URI url, String path, Optional<String> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(settings.timeout())
                .header("Accept", CONTENT_TYPE + ", application/json");
        settings.user()
                .ifPresent(user -> request.header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":"
                                                        + settings.password()
                                                                .map(secret -> secret.reveal())
                                                                .orElse(""))
                                                .getBytes(UTF_8))));
        settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token.reveal()));
        body.ifPresent(
                text -> request.header("Content-Type", CONTENT_TYPE).POST(HttpRequest.BodyPublishers.ofString(text)));
        return request.build();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static RetryableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RetryableException("Cannot wait for the schema registry: interrupted", e);
    }
}
