package dev.penstock.connector.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What passes, and what does not. */
class S3FailureTest {
    private static Throwable refused(String code) {
        AwsErrorDetails details =
                AwsErrorDetails.builder().errorCode(code).errorMessage("no").build();
        return S3Exception.builder().statusCode(400).awsErrorDetails(details).build();
    }

    /** A connection was cut within a request, and the service answers what it has made of the rest. */
    @ParameterizedTest
    @ValueSource(strings = {"BadDigest", "IncompleteBody", "InvalidURI", "RequestTimeout", "XAmzContentSHA256Mismatch"})
    void triesRequestsAgainThatWereDamagedOnTheirWay(String code) {
        assertThat(S3Failure.of("write to s3://shop/orders", refused(code))).isInstanceOf(RetryableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidArgument", "InvalidRequest", "KeyTooLongError", "EntityTooLarge"})
    void givesUpOnRequestsThatAreWrong(String code) {
        assertThat(S3Failure.of("write to s3://shop/orders", refused(code))).isInstanceOf(FatalException.class);
    }

    @Test
    void saysWhatTheServiceSays() {
        assertThat(S3Failure.of("write to s3://shop/orders", refused("InvalidURI")))
                .hasMessageStartingWith("Cannot write to s3://shop/orders: InvalidURI: no");
    }
}
