package dev.penstock.connector.iceberg.store;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.exceptions.NotFoundException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes of what the SDK throws what Iceberg and engines understand: a file that is not there, something that only a
 * person can put right, or what may pass.
 */
final class S3Failure {
    private static final int MOVED = 301;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private static final String REGION = "s3-region";
    private static final String CREDENTIALS = "s3-credentials";

    /** What is wrong with who asks, by what the service says, and what to do about it. */
    private static final Map<String, String> REMEDIES = Map.of(
            "InvalidAccessKeyId", "correct 's3-access-key'",
            "SignatureDoesNotMatch", "correct 's3-secret-key'",
            "InvalidToken", "correct 's3-session-token'",
            "AuthorizationHeaderMalformed", "set 's3-region' to that of the bucket",
            "PermanentRedirect", "set 's3-region' to that of the bucket",
            "IllegalLocationConstraintException", "set 's3-region' to that of the bucket");

    /** Credentials that run out are replaced by whoever gave them, and the clock by whoever keeps it. */
    private static final Set<String> PASSING = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestTimeTooSkewed",
            "RequestTimeout",
            "SlowDown",
            "TokenRefreshRequired");

    private S3Failure() {}

    static boolean isNotFound(AwsServiceException refusal) {
        return refusal.statusCode() == NOT_FOUND && !code(refusal).equals("NoSuchBucket");
    }

    /** The failure of doing {@code what}, for example {@code "read 's3://lake/orders'"}. */
    static RuntimeException of(String what, SdkException failure) {
        String start = "Cannot " + what + ": ";
        if (failure instanceof AwsServiceException refusal) {
            return ofService(start, refusal);
        }
        String reason = reason(failure);
        if (reason.contains("Unable to load credentials")) {
            return config(
                    CREDENTIALS,
                    Code.CREDENTIALS,
                    start + "no credentials were found",
                    "set 's3-credentials', or give the process some",
                    failure);
        }
        if (reason.contains("Unable to load region")) {
            return config(REGION, Code.MISSING, start + "no region is known", "set 's3-region'", failure);
        }
        return new UncheckedIOException(start + reason, new IOException(reason, failure));
    }

    private static RuntimeException ofService(String start, AwsServiceException refusal) {
        String code = code(refusal);
        String text = start + said(refusal, code);
        if (isNotFound(refusal)) {
            return new NotFoundException(refusal, "%s", text);
        }
        if (REMEDIES.containsKey(code)) {
            return config(CREDENTIALS, Code.CREDENTIALS, text, REMEDIES.get(code), refusal);
        }
        if (!PASSING.contains(code)) {
            switch (refusal.statusCode()) {
                case MOVED -> {
                    String why = start + "the bucket is in another region";
                    return config(REGION, Code.INVALID, why, "set 's3-region' to that of the bucket", refusal);
                }
                case FORBIDDEN -> {
                    String remedy = "give who runs the pipeline access to the bucket, or correct the credentials";
                    return config(CREDENTIALS, Code.PRIVILEGE, text, remedy, refusal);
                }
                case NOT_FOUND -> {
                    String remedy = "create the bucket or correct 'warehouse'";
                    return config("warehouse", Code.NOT_FOUND, text, remedy, refusal);
                }
                default -> {}
            }
        }
        return new UncheckedIOException(text, new IOException(text, refusal));
    }

    private static ConfigException config(String setting, Code code, String what, String remedy, Throwable cause) {
        ConfigException failure = new ConfigException(setting, code, what, remedy);
        failure.initCause(cause);
        return failure;
    }

    private static String code(AwsServiceException refusal) {
        return refusal.awsErrorDetails() == null || refusal.awsErrorDetails().errorCode() == null
                ? String.valueOf(refusal.statusCode())
                : refusal.awsErrorDetails().errorCode();
    }

    private static String said(AwsServiceException refusal, String code) {
        String text = refusal.awsErrorDetails() == null
                ? null
                : refusal.awsErrorDetails().errorMessage();
        String named = code.equals(String.valueOf(refusal.statusCode())) ? "" : " " + code;
        return text == null || text.isBlank()
                ? "the service answers " + refusal.statusCode() + named
                : code + ": " + withoutStop(text);
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String text = deepest.getMessage();
        return text == null ? deepest.getClass().getSimpleName() : withoutStop(text);
    }

    private static String withoutStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
