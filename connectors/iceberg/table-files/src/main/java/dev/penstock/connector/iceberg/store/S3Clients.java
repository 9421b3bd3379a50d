package dev.penstock.connector.iceberg.store;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of the SDK. */
final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    /** For one that takes bytes no more: a socket has a limit for reading alone. */
    private static final Duration ATTEMPT = Duration.ofMinutes(3);

    private static final int ATTEMPTS = 5;

    private S3Clients() {}

    static S3Client client(S3Options options) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .credentialsProvider(credentials(options))
                .forcePathStyle(options.pathStyle())
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(ATTEMPT)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()))
                // Services that are not Amazon's know other checksums than a request wants.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        options.endpoint().map(URI::normalize).ifPresent(builder::endpointOverride);
        Optional<String> region = options.region().or(() -> options.endpoint().map(any -> "us-east-1"));
        region.map(Region::of).ifPresent(builder::region);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(S3Options options) {
        S3Options.Keys keys = options.keys();
        if (keys.id().isPresent() && keys.secret().isPresent()) {
            String id = keys.id().get();
            String secret = keys.secret().get();
            return StaticCredentialsProvider.create(
                    keys.session().isPresent()
                            ? AwsSessionCredentials.create(
                                    id, secret, keys.session().get())
                            : AwsBasicCredentials.create(id, secret));
        }
        return options.anonymous()
                ? AnonymousCredentialsProvider.create()
                : DefaultCredentialsProvider.builder().build();
    }
}
