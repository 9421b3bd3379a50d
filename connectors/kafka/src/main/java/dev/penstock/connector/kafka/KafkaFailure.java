package dev.penstock.connector.kafka;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes of what clients of Kafka throw what an engine can act on. */
final class KafkaFailure {
    private KafkaFailure() {}

    /**
     * The failure of doing {@code what}, for example {@code "list topics of localhost:9092"}.
     *
     * @param failure what the client threw, or the cause it wrapped
     */
    static ConnectorException of(String what, Throwable failure) {
        Throwable cause = unwrapped(failure);
        String message = "Cannot " + what + ": ";
        if (cause instanceof ConnectorException known) {
            return known;
        }
        if (cause instanceof AuthenticationException) {
            return config(
                    cause instanceof SslAuthenticationException
                            ? ConnectionSettings.TLS.name()
                            : ConnectionSettings.SASL.name(),
                    Problem.Code.CREDENTIALS,
                    message + reason(cause),
                    "correct the credentials",
                    cause);
        }
        if (cause instanceof AuthorizationException) {
            return config(
                    "", Problem.Code.PRIVILEGE, message + reason(cause), "give the user of the pipeline access", cause);
        }
        if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
            return new FencedException(
                    message + "a newer incarnation of the pipeline has taken over; stop this process");
        }
        if (cause instanceof InvalidTopicException || cause instanceof InvalidReplicationFactorException) {
            return config("", Problem.Code.INVALID, message + reason(cause), "correct the settings", cause);
        }
        if (cause instanceof org.apache.kafka.common.config.ConfigException) {
            return reason(cause).contains("resolvable")
                    ? new RetryableException(message + "no host of the brokers is known; it is tried again", cause)
                    : config("", Problem.Code.INVALID, message + reason(cause), "correct the settings", cause);
        }
        if (isRetryable(cause)) {
            return new RetryableException(message + reason(cause) + "; it is tried again", cause);
        }
        return new FatalException(message + reason(cause) + "; see the cause", cause);
    }

    private static boolean isRetryable(Throwable cause) {
        return cause instanceof RetriableException
                || cause instanceof UnknownTopicOrPartitionException
                || cause instanceof KafkaStorageException
                || cause instanceof TransactionAbortedException
                || cause instanceof InterruptException;
    }

    private static ConfigException config(
            String setting, Problem.Code code, String reason, String remedy, Throwable cause) {
        ConfigException failure = new ConfigException(setting, code, reason, remedy);
        failure.initCause(cause);
        return failure;
    }

    /** What was thrown before it was wrapped on its way through a future. */
    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof ExecutionException || cause.getClass() == KafkaException.class)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String reason(Throwable cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
