package dev.penstock.connector.s3.access;

import static java.util.Objects.requireNonNull;

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
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of the SDK. */
public final class S3Clients {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

    private S3Clients() {}

    /**
     * A client, to be closed by who asked for it. Any thread may use it, several at once.
     *
     * @throws SdkClientException if no region is known
     */
    public static S3Client client(S3Access access) {
        requireNonNull(access, "access");
        Duration silence = access.retries().silence();
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(silence.compareTo(LONGEST_CONNECT) < 0 ? silence : LONGEST_CONNECT)
                        .socketTimeout(silence))
                .credentialsProvider(credentials(access.login()))
                .forcePathStyle(access.pathStyle())
                .overrideConfiguration(override -> limit(override, access.retries()))
                // Services that are not Amazon's know other checksums than a request wants.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        access.endpoint().map(URI::normalize).ifPresent(builder::endpointOverride);
        Optional<String> region = access.region().or(() -> access.endpoint().map(any -> "us-east-1"));
        region.map(Region::of).ifPresent(builder::region);
        return builder.build();
    }

    private static void limit(ClientOverrideConfiguration.Builder override, S3Access.Retries retries) {
        retries.attempt().ifPresent(override::apiCallAttemptTimeout);
        override.retryStrategy(strategy(retries));
    }

    private static RetryStrategy strategy(S3Access.Retries retries) {
        return retries.mode() == S3Access.RetryMode.ADAPTIVE
                ? AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                        .maxAttempts(retries.attempts())
                        .build()
                : AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(retries.attempts())
                        .build();
    }

    private static AwsCredentialsProvider credentials(S3Login login) {
        if (login instanceof S3Login.Key key) {
            return () -> credentials(key);
        }
        return login instanceof S3Login.Anonymous
                ? AnonymousCredentialsProvider.create()
                : DefaultCredentialsProvider.builder().build();
    }

    private static AwsCredentials credentials(S3Login.Key key) {
        String secret = key.secret().get();
        return key.session()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(key.id(), secret, token.get()))
                .orElseGet(() -> AwsBasicCredentials.create(key.id(), secret));
    }
}
