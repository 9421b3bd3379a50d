package dev.penstock.connector.s3.access;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How a service is reached.
 *
 * @param endpoint where a service other than Amazon's listens
 * @param region of the bucket; if not given, what the environment or profile says
 * @param pathStyle whether the bucket is named in the path of URLs rather than in the host
 */
public record S3Access(
        Optional<URI> endpoint, Optional<String> region, boolean pathStyle, S3Login login, Retries retries) {
    public S3Access {
        requireNonNull(endpoint, "endpoint");
        requireNonNull(region, "region");
        requireNonNull(login, "login");
        requireNonNull(retries, "retries");
    }

    /** How requests are slowed down when the service is busy. */
    public enum RetryMode {
        /** Waits twice as long each time, with jitter, and stops when too many requests fail. */
        STANDARD,
        /** The same, and sends fewer requests a second while the service says that there are too many. */
        ADAPTIVE
    }

    /**
     * What is done about requests that fail.
     *
     * @param attempts of a request, the first among them
     * @param silence how long the service may say nothing
     * @param attempt how long one attempt may take altogether; for services that take no bytes any more, since sockets
     *     have a limit for reading alone. Client threads watch it.
     */
    public record Retries(RetryMode mode, int attempts, Duration silence, Optional<Duration> attempt) {
        public Retries {
            requireNonNull(mode, "mode");
            requireNonNull(silence, "silence");
            requireNonNull(attempt, "attempt");
        }
    }
}
