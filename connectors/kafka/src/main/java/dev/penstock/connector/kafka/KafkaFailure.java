package dev.penstock.connector.kafka;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
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
        if (cause instanceof ConnectorException known) {
            return known;
        }
        String message = "Cannot " + what + ": ";
        if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
            return new FencedException(
                    message + "a newer incarnation of the pipeline has taken over; stop this process");
        }
        if (isUnknownHost(cause)) {
            return new RetryableException(message + "no host of the brokers is known; it is tried again", cause);
        }
        if (cause instanceof LoginException login) {
            return TokenProblem.of(message, login);
        }
        String reason = message + reason(cause);
        Optional<ConfigException> refusal = cause instanceof AuthenticationException unbelieved
                ? Optional.of(new ConfigException(List.of(AuthenticationProblem.of(message, unbelieved))))
                : refusal(cause, reason);
        if (refusal.isPresent()) {
            refusal.get().initCause(cause);
            return refusal.get();
        }
        return isRetryable(cause)
                ? new RetryableException(reason + "; it is tried again", cause)
                : new FatalException(reason + "; see the cause", cause);
    }

    /**
     * As {@link #of}, where the brokers have believed the pipeline before: a token that they take no more has expired,
     * because no other could be had or because the process stood still, and the next one will do. A broker that refuses
     * it on a connection takes nothing more there, and says that it did not expect to be asked.
     */
    static ConnectorException ofBelieved(String what, Throwable failure) {
        Throwable cause = unwrapped(failure);
        boolean isOfToken = cause instanceof IllegalSaslStateException
                || (cause instanceof SaslAuthenticationException && AuthenticationProblem.isOfToken(reason(cause)));
        return isOfToken
                ? new RetryableException(
                        "Cannot " + what + ": the login has expired (" + reason(cause) + "); it is tried again", cause)
                : of(what, failure);
    }

    /** What the settings must be changed for, if it is that. */
    private static Optional<ConfigException> refusal(Throwable cause, String reason) {
        if (cause instanceof AuthorizationException) {
            return Optional.of(
                    new ConfigException("", Problem.Code.PRIVILEGE, reason, "give the user of the pipeline access"));
        }
        return cause instanceof InvalidTopicException
                        || cause instanceof InvalidReplicationFactorException
                        || cause instanceof org.apache.kafka.common.config.ConfigException
                ? Optional.of(new ConfigException("", Problem.Code.INVALID, reason, "correct the settings"))
                : Optional.empty();
    }

    /** The client takes hosts that it cannot resolve for settings that are wrong. */
    private static boolean isUnknownHost(Throwable cause) {
        return cause instanceof org.apache.kafka.common.config.ConfigException
                && reason(cause).contains("resolvable");
    }

    private static boolean isRetryable(Throwable cause) {
        return cause instanceof RetriableException
                || cause instanceof UnknownTopicOrPartitionException
                || cause instanceof KafkaStorageException
                || cause instanceof TransactionAbortedException
                || cause instanceof InterruptException;
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

    /** A broker that does not understand what is said to it hangs up, and the client only sees that none is there. */
    static String reason(Throwable cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (text.contains("node assignment")) {
            return "no broker could be talked to through 'bootstrap-servers': see that they run, and that 'tls' and"
                    + " 'sasl' are what they want";
        }
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
