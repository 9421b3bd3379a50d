package dev.penstock.connector.iceberg.store;

import dev.penstock.connector.s3.access.S3Diagnosis;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.exceptions.NotFoundException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes of what the SDK throws what Iceberg and engines understand: a file that is not there, something that only a
 * person can put right, or what may pass.
 */
final class S3Failure {
    private S3Failure() {}

    /** The failure of doing {@code what}, for example {@code "read 's3://lake/orders'"}. */
    static RuntimeException of(String what, SdkException failure) {
        S3Diagnosis diagnosis = S3Diagnosis.of(failure, TableFiles.SETTINGS);
        String text = "Cannot " + what + ": " + diagnosis.reason();
        String remedy = diagnosis.remedy();
        return switch (diagnosis.meaning()) {
            case NO_OBJECT -> new NotFoundException(failure, "%s", text);
            case CREDENTIALS -> config("credentials", Code.CREDENTIALS, text, remedy, failure);
            case REGION -> config("region", Code.INVALID, text, remedy, failure);
            case FORBIDDEN -> config("credentials", Code.PRIVILEGE, text, remedy, failure);
            case NO_BUCKET ->
                initiated(
                        new ConfigException(
                                "warehouse", Code.NOT_FOUND, text, "create the bucket or correct 'warehouse'"),
                        failure);
            case PASSING, CONDITION, OTHER -> new UncheckedIOException(text, new IOException(text, failure));
        };
    }

    private static ConfigException config(String setting, Code code, String what, String remedy, Throwable cause) {
        return initiated(new ConfigException(TableFiles.SETTINGS + setting, code, what, remedy), cause);
    }

    private static ConfigException initiated(ConfigException failure, Throwable cause) {
        failure.initCause(cause);
        return failure;
    }
}
