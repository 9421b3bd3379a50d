package dev.penstock.connector.s3;

import dev.penstock.connector.s3.ConnectionSettings.Login;
import dev.penstock.connector.s3.ConnectionSettings.RetryMode;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of the SDK as the settings say. */
final class Clients {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

    private Clients() {}

    static S3Client client(ConnectionSettings settings) {
        Duration timeout = settings.retries().timeout();
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
                        .socketTimeout(timeout))
                .credentialsProvider(credentials(settings.login()))
                .forcePathStyle(settings.pathStyle())
                .overrideConfiguration(override -> override.retryStrategy(retries(settings)))
                // Services that are not Amazon's know other checksums than a request wants.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        settings.endpoint().map(URI::normalize).ifPresent(builder::endpointOverride);
        Optional<String> region = settings.region().or(() -> settings.endpoint().map(any -> "us-east-1"));
        region.map(Region::of).ifPresent(builder::region);
        try {
            return builder.build();
        } catch (SdkClientException e) {
            ConfigException failure = new ConfigException(
                    ConnectionSettings.REGION.name(),
                    Problem.Code.MISSING,
                    "Cannot connect to " + settings.shown() + ": no region is known",
                    "set 'region'");
            failure.initCause(e);
            throw failure;
        }
    }

    private static RetryStrategy retries(ConnectionSettings settings) {
        int attempts = settings.retries().attempts();
        return settings.retries().mode() == RetryMode.ADAPTIVE
                ? AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                        .maxAttempts(attempts)
                        .build()
                : AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(attempts)
                        .build();
    }

    private static AwsCredentialsProvider credentials(Login login) {
        return switch (login.from()) {
            case DEFAULT -> DefaultCredentialsProvider.builder().build();
            case ANONYMOUS -> AnonymousCredentialsProvider.create();
            case STATIC -> () -> revealed(login);
        };
    }

    /** Looked up for every request, so that a key that was replaced is taken up at once. */
    private static AwsCredentials revealed(Login login) {
        String accessKey = login.accessKey().orElseThrow();
        String secretKey = login.secretKey().map(Secret::reveal).orElseThrow();
        return login.sessionToken()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(accessKey, secretKey, token.reveal()))
                .orElseGet(() -> AwsBasicCredentials.create(accessKey, secretKey));
    }
}
