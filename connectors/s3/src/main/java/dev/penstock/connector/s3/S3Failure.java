package dev.penstock.connector.s3;

import dev.penstock.connector.s3.access.S3Diagnosis;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem.Code;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.core.exception.SdkException;

/** Makes of what the SDK throws what an engine can act on. */
final class S3Failure {
    private static final String BUCKET = ConnectionSettings.BUCKET.name();

    private S3Failure() {}

    /** The failure of doing {@code what}, for example {@code "list s3://shop/orders/"}. */
    static ConnectorException of(String what, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectorException known) {
            return known;
        }
        String start = "Cannot " + what + ": ";
        if (cause instanceof SdkException sdk) {
            return of(start, sdk, S3Diagnosis.of(sdk, ""));
        }
        return cause instanceof IOException
                ? new RetryableException(start + S3Diagnosis.reason(cause) + "; it is tried again", cause)
                : new FatalException(start + cause + "; see the cause", cause);
    }

    private static ConnectorException of(String start, SdkException cause, S3Diagnosis diagnosis) {
        String text = start + diagnosis.reason();
        return switch (diagnosis.meaning()) {
            case PASSING, CONDITION -> new RetryableException(text + "; it is tried again", cause);
            case CREDENTIALS -> config("credentials", Code.CREDENTIALS, text, diagnosis.remedy(), cause);
            case REGION -> config("region", Code.INVALID, text, diagnosis.remedy(), cause);
            case FORBIDDEN -> config(BUCKET, Code.PRIVILEGE, text, diagnosis.remedy(), cause);
            case NO_OBJECT, NO_BUCKET -> config(BUCKET, Code.NOT_FOUND, text, "create it or correct 'bucket'", cause);
            case OTHER -> new FatalException(text + "; see the cause", cause);
        };
    }

    private static ConfigException config(String setting, Code code, String what, String remedy, Throwable cause) {
        ConfigException failure = new ConfigException(setting, code, what, remedy);
        failure.initCause(cause);
        return failure;
    }
}
