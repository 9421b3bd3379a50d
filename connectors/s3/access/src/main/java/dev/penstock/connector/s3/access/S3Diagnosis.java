package dev.penstock.connector.s3.access;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a failure of the SDK means.
 *
 * @param reason what the service says, or what became of the request
 * @param remedy what to do about it, with the names of the settings; empty where that depends on what was asked for
 */
public record S3Diagnosis(Meaning meaning, String reason, String remedy) {
    private static final int MOVED = 301;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    /** What a failure is about. */
    public enum Meaning {
        /** It is worth asking again. */
        PASSING,
        /** What was asked for holds no longer, or somebody else asked at the same time. */
        CONDITION,
        /** Nobody knows who asks, or the service does not believe it. */
        CREDENTIALS,
        /** No region is known, or the bucket is in another one. */
        REGION,
        /** Who asks may not do this. */
        FORBIDDEN,
        /** There is no such object, or upload. */
        NO_OBJECT,
        /** There is no such bucket. */
        NO_BUCKET,
        /** The request is wrong. */
        OTHER
    }

    /** Which setting corrects what the service says of who asks. */
    private static final Map<String, String> CREDENTIALS = Map.of(
            "InvalidAccessKeyId", "access-key",
            "SignatureDoesNotMatch", "secret-key",
            "InvalidToken", "session-token");

    private static final Set<String> REGIONS =
            Set.of("AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException");

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

    /**
     * What {@code failure} means.
     *
     * @param prefix what the names of the settings of {@link S3Keys} begin with
     */
    public static S3Diagnosis of(SdkException failure, String prefix) {
        if (failure instanceof AwsServiceException refusal) {
            return ofService(refusal, prefix);
        }
        String reason = reason(failure);
        String all = failure instanceof AbortedException ? "" : failure.getMessage() + reason;
        if (all.contains("Unable to load credentials")) {
            String remedy = "set '" + prefix + "credentials', or give the process some";
            return new S3Diagnosis(Meaning.CREDENTIALS, "no credentials were found", remedy);
        }
        if (all.contains("Unable to load region")) {
            return new S3Diagnosis(Meaning.REGION, "no region is known", "set '" + prefix + "region'");
        }
        return new S3Diagnosis(Meaning.PASSING, reason, "");
    }

    private static S3Diagnosis ofService(AwsServiceException refusal, String prefix) {
        String code = code(refusal);
        int status = refusal.statusCode();
        String region = "set '" + prefix + "region' to that of the bucket";
        if (PASSING.contains(code) || DAMAGED.contains(code) || status >= SERVER || status == TOO_MANY) {
            return new S3Diagnosis(Meaning.PASSING, said(refusal), "");
        }
        if (CREDENTIALS.containsKey(code)) {
            String remedy = "correct '" + prefix + CREDENTIALS.get(code) + "'";
            return new S3Diagnosis(Meaning.CREDENTIALS, said(refusal), remedy);
        }
        if (REGIONS.contains(code)) {
            return new S3Diagnosis(Meaning.REGION, said(refusal), region);
        }
        return switch (status) {
            case MOVED -> new S3Diagnosis(Meaning.REGION, "the bucket is in another region", region);
            case FORBIDDEN ->
                new S3Diagnosis(
                        Meaning.FORBIDDEN,
                        said(refusal),
                        "give who runs the pipeline access to the bucket, or correct the credentials");
            case NOT_FOUND ->
                new S3Diagnosis(isNotFound(refusal) ? Meaning.NO_OBJECT : Meaning.NO_BUCKET, said(refusal), "");
            case CONFLICT, PRECONDITION_FAILED -> new S3Diagnosis(Meaning.CONDITION, said(refusal), "");
            default -> new S3Diagnosis(Meaning.OTHER, said(refusal), "");
        };
    }

    /** The code that the service gives, or what its status means. */
    public static String code(AwsServiceException refusal) {
        return refusal.awsErrorDetails() == null || refusal.awsErrorDetails().errorCode() == null
                ? String.valueOf(refusal.statusCode())
                : refusal.awsErrorDetails().errorCode();
    }

    /** Whether an object or upload is not there, in a bucket that may be. */
    public static boolean isNotFound(AwsServiceException refusal) {
        return refusal.statusCode() == NOT_FOUND && !code(refusal).equals("NoSuchBucket");
    }

    /** Whether what was asked for holds no longer: another object is there, or one where none was to be. */
    public static boolean isConditionFailed(AwsServiceException refusal) {
        return refusal.statusCode() == PRECONDITION_FAILED;
    }

    /** Whether two conditional requests came upon each other, so that it must be asked again. */
    public static boolean isConflict(AwsServiceException refusal) {
        return refusal.statusCode() == CONFLICT;
    }

    /** Whether the service does not know conditions. */
    public static boolean isUnsupported(AwsServiceException refusal) {
        return refusal.statusCode() == NOT_IMPLEMENTED || code(refusal).equals("NotImplemented");
    }

    private static String said(AwsServiceException refusal) {
        String code = code(refusal);
        String text = refusal.awsErrorDetails() == null
                ? null
                : refusal.awsErrorDetails().errorMessage();
        String named = code.equals(String.valueOf(refusal.statusCode())) ? "" : " " + code;
        return text == null || text.isBlank()
                ? "the service answers " + refusal.statusCode() + named
                : code + ": " + withoutStop(text);
    }

    /** What the innermost cause says. */
    public static String reason(Throwable failure) {
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
