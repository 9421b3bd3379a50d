package dev.penstock.connector.s3;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.config.Problem.Code;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Makes of what the SDK throws what an engine can act on. */
final class S3Failure {
    private static final int MOVED = 301;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    /** What is wrong with who asks, by what the service says, and what to do about it. */
    private static final Map<String, String> CREDENTIALS = Map.of(
            "InvalidAccessKeyId", "correct 'access-key'",
            "SignatureDoesNotMatch", "correct 'secret-key'",
            "InvalidToken", "correct 'session-token'",
            "AuthorizationHeaderMalformed", "set 'region' to that of the bucket",
            "PermanentRedirect", "set 'region' to that of the bucket",
            "IllegalLocationConstraintException", "set 'region' to that of the bucket");

    /** Credentials that run out are replaced by whoever gave them, and the clock by whoever keeps it. */
    private static final Set<String> PASSING =
            Set.of("ExpiredToken", "ExpiredTokenException", "RequestTimeTooSkewed", "SlowDown", "TokenRefreshRequired");

    /** A request that came in otherwise than it went out: its keys and sums are made here, and right. */
    private static final Set<String> DAMAGED = Set.of(
            "BadDigest",
            "IncompleteBody",
            "InvalidURI",
            "MissingContentLength",
            "RequestTimeout",
            "XAmzContentChecksumMismatch",
            "XAmzContentSHA256Mismatch");

    private S3Failure() {}

    /** The code that the service gives, or what its status means. */
    static String code(AwsServiceException failure) {
        return failure.awsErrorDetails() == null || failure.awsErrorDetails().errorCode() == null
                ? String.valueOf(failure.statusCode())
                : failure.awsErrorDetails().errorCode();
    }

    static boolean isNotFound(AwsServiceException failure) {
        return failure.statusCode() == NOT_FOUND && !code(failure).equals("NoSuchBucket");
    }

    /** Whether what was asked for holds no longer: another object is there, or one where none was to be. */
    static boolean isConditionFailed(AwsServiceException failure) {
        return failure.statusCode() == PRECONDITION_FAILED;
    }

    /** Whether two conditional requests came upon each other, so that it must be asked again. */
    static boolean isConflict(AwsServiceException failure) {
        return failure.statusCode() == CONFLICT;
    }

    /** Whether the service does not know conditions. */
    static boolean isUnsupported(AwsServiceException failure) {
        return failure.statusCode() == NOT_IMPLEMENTED || code(failure).equals("NotImplemented");
    }

    /** The failure of doing {@code what}, for example {@code "list s3://shop/orders/"}. */
    static ConnectorException of(String what, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectorException known) {
            return known;
        }
        if (cause instanceof AwsServiceException refusal) {
            return ofService("Cannot " + what + ": ", refusal);
        }
        if (cause instanceof SdkClientException && isCredentials(cause)) {
            return config(
                    ConnectionSettings.CREDENTIALS.name(),
                    Code.CREDENTIALS,
                    "Cannot " + what + ": no credentials were found",
                    "set 'credentials', or give the process some",
                    cause);
        }
        if (cause instanceof SdkException || cause instanceof java.io.IOException) {
            return new RetryableException("Cannot " + what + ": " + reason(cause) + "; it is tried again", cause);
        }
        return new FatalException("Cannot " + what + ": " + cause + "; see the cause", cause);
    }

    private static boolean isCredentials(Throwable cause) {
        return !(cause instanceof AbortedException)
                && String.valueOf(cause.getMessage()).contains("Unable to load credentials");
    }

    private static ConnectorException ofService(String start, AwsServiceException refusal) {
        String code = code(refusal);
        String what = start + reason(refusal);
        boolean passing = PASSING.contains(code) || DAMAGED.contains(code);
        if (passing || refusal.statusCode() >= SERVER || refusal.statusCode() == TOO_MANY) {
            return new RetryableException(what + "; it is tried again", refusal);
        }
        if (CREDENTIALS.containsKey(code)) {
            return config(
                    ConnectionSettings.CREDENTIALS.name(), Code.CREDENTIALS, what, CREDENTIALS.get(code), refusal);
        }
        return ofStatus(start, what, refusal);
    }

    private static ConnectorException ofStatus(String start, String what, AwsServiceException refusal) {
        return switch (refusal.statusCode()) {
            case MOVED ->
                config(
                        ConnectionSettings.REGION.name(),
                        Code.INVALID,
                        start + "the bucket is in another region",
                        "set 'region' to that of the bucket",
                        refusal);
            case FORBIDDEN ->
                config(
                        ConnectionSettings.BUCKET.name(),
                        Code.PRIVILEGE,
                        what,
                        "give who runs the pipeline access to the bucket, or correct the credentials",
                        refusal);
            case NOT_FOUND ->
                config(
                        ConnectionSettings.BUCKET.name(),
                        Code.NOT_FOUND,
                        what,
                        "create it or correct 'bucket'",
                        refusal);
            case CONFLICT, PRECONDITION_FAILED -> new RetryableException(what + "; it is tried again", refusal);
            default -> new FatalException(what + "; see the cause", refusal);
        };
    }

    private static ConfigException config(
            String setting, Problem.Code code, String what, String remedy, Throwable cause) {
        ConfigException failure = new ConfigException(setting, code, what, remedy);
        failure.initCause(cause);
        return failure;
    }

    private static String reason(Throwable cause) {
        if (cause instanceof AwsServiceException refusal) {
            String text = refusal.awsErrorDetails() == null
                    ? null
                    : refusal.awsErrorDetails().errorMessage();
            String code = code(refusal);
            return text == null || text.isBlank()
                    ? "the service answers " + refusal.statusCode()
                            + (code.equals(String.valueOf(refusal.statusCode())) ? "" : " " + code)
                    : code + ": " + withoutStop(text);
        }
        Throwable deepest = cause;
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
