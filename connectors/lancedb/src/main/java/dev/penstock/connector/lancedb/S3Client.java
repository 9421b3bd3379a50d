package dev.penstock.connector.lancedb;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends requests to S3, again if need be: all that are sent here may be repeated. */
final class S3Client {
    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int FORBIDDEN = 403;
    private static final int OK_LIMIT = 300;

    private final Map<String, String> options;
    private final String region;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** A client with the options that Lance takes too. */
    S3Client(Map<String, String> options) {
        this.options = Map.copyOf(options);
        this.region = options.getOrDefault("aws_region", "us-east-1");
    }

    /** A place in a bucket. */
    record Place(String bucket, String key) {
        private static final String SCHEME = "s3://";

        static Place of(String uri) {
            String rest = uri.substring(SCHEME.length());
            int slash = rest.indexOf('/');
            return slash < 0 ? new Place(rest, "") : new Place(rest.substring(0, slash), rest.substring(slash + 1));
        }

        @Override
        public String toString() {
            return SCHEME + bucket + "/" + key;
        }
    }

    /**
     * Sends a request until there is an answer.
     *
     * @return what was answered, or empty if there is no such object
     */
    Optional<byte[]> send(
            String method, Place place, Map<String, String> query, Map<String, String> headers, byte[] body) {
        URI uri = uri(place, query);
        @Nullable Exception last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            pause(attempt, place);
            try {
                HttpResponse<byte[]> response =
                        http.send(request(method, uri, headers, body), HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                if (response.statusCode() < OK_LIMIT) {
                    return Optional.of(response.body());
                }
                last = refusal(method, place, response);
            } catch (IOException e) {
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RetryableException("Cannot wait for S3 at '" + place + "': the thread was interrupted", e);
            }
        }
        throw new RetryableException(
                "Cannot " + method + " '" + place + "': " + (last == null ? "no answer" : last.getMessage()),
                last == null ? new IOException() : last);
    }

    private HttpRequest request(String method, URI uri, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .method(
                        method,
                        body.length == 0 && !method.equals("PUT")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        credentials()
                .map(found -> new S3Signature(found, region).headers(method, uri, headers, body, Instant.now()))
                .orElse(headers)
                .forEach(request::setHeader);
        return request.build();
    }

    /** What can be repeated; throws what cannot. */
    private static IOException refusal(String method, Place place, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String text = method + " '" + place + "': S3 answered " + status;
        if (status == FORBIDDEN) {
            throw new FatalException("Cannot " + text + "; check the access key and its rights on the bucket");
        }
        if (status != TOO_MANY && status < SERVER_ERROR) {
            throw new FatalException("Cannot " + text + "; check endpoint, region and bucket");
        }
        return new IOException(text);
    }

    private static void pause(int attempt, Place place) {
        if (attempt > 0) {
            try {
                Thread.sleep(FIRST_PAUSE.multipliedBy(1L << attempt).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RetryableException("Cannot wait for S3 at '" + place + "': the thread was interrupted", e);
            }
        }
    }

    private Optional<S3Signature.Credentials> credentials() {
        String access = option("aws_access_key_id", "AWS_ACCESS_KEY_ID");
        String secret = option("aws_secret_access_key", "AWS_SECRET_ACCESS_KEY");
        String token = option("aws_session_token", "AWS_SESSION_TOKEN");
        return access.isEmpty() || secret.isEmpty()
                ? Optional.empty()
                : Optional.of(new S3Signature.Credentials(
                        access, secret, Optional.of(token).filter(text -> !text.isEmpty())));
    }

    private String option(String name, String variable) {
        return options.getOrDefault(name, System.getenv().getOrDefault(variable, ""));
    }

    private URI uri(Place place, Map<String, String> query) {
        boolean pathStyle = "false".equals(options.get("aws_virtual_hosted_style_request"));
        String endpoint = options.getOrDefault("aws_endpoint", "https://s3." + region + ".amazonaws.com");
        URI base = URI.create(endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint);
        String host = pathStyle ? base.getRawAuthority() : place.bucket() + "." + base.getRawAuthority();
        String parameters = new TreeMap<>(query)
                .entrySet().stream()
                        .map(entry -> S3Signature.encode(entry.getKey()) + "=" + S3Signature.encode(entry.getValue()))
                        .collect(Collectors.joining("&"));
        return URI.create(base.getScheme() + "://" + host + (pathStyle ? "/" + place.bucket() : "") + "/"
                + S3Signature.encodePath(place.key())
                + (parameters.isEmpty() ? "" : "?" + parameters));
    }
}
