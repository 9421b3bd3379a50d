package dev.penstock.connector.kafka;

import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Says which setting is wrong when a broker and the pipeline do not believe each other. */
final class AuthenticationProblem {
    private AuthenticationProblem() {}

    /**
     * What is to be corrected after {@code failure}.
     *
     * @param doing what was tried, for example {@code "Cannot list topics: "}
     */
    static Problem of(String doing, AuthenticationException failure) {
        return failure instanceof SslAuthenticationException ? ofTls(doing, failure) : ofSasl(doing, failure);
    }

    private static Problem ofTls(String doing, AuthenticationException failure) {
        String reason = doing + chain(failure);
        if (cause(failure, CertificateException.class).isPresent()
                || cause(failure, CertPathValidatorException.class).isPresent()) {
            return problem(
                    ConnectionSettings.TLS_AUTHORITIES,
                    reason,
                    "correct it: it must hold the authority that has signed the certificates of the brokers, which must"
                            + " be for the hosts in 'bootstrap-servers' and not expired");
        }
        if (reason.contains("fatal alert")) {
            return problem(
                    ConnectionSettings.TLS_CERTIFICATE,
                    reason,
                    "correct it: the brokers want a certificate that has not expired, from an authority they trust");
        }
        return problem(
                ConnectionSettings.TLS,
                reason,
                "correct it, or the port in 'bootstrap-servers': the brokers may not speak TLS there");
    }

    private static Problem ofSasl(String doing, AuthenticationException failure) {
        String reason = doing + KafkaFailure.reason(failure);
        if (isOfToken(reason)) {
            return problem(
                    TokenSettings.ENDPOINT,
                    reason,
                    "correct it, 'token-scope', or what it knows of the client: the brokers want tokens that have not"
                            + " expired, from the issuer, for the audience and with the scope that they expect");
        }
        boolean ofPassword = reason.contains("password") || reason.contains("SCRAM") || reason.contains("PLAIN");
        return ofPassword && !(failure instanceof UnsupportedSaslMechanismException)
                ? problem(ConnectionSettings.PASSWORD, reason, "correct it, or 'user'")
                : problem(ConnectionSettings.SASL, reason, "correct it, or what the client properties sasl.* say");
    }

    /** Whether brokers that say {@code reason} do not take a token. */
    static boolean isOfToken(String reason) {
        return reason.contains("invalid_token") || reason.contains("insufficient_scope");
    }

    private static Problem problem(ConfigKey<?> setting, String reason, String remedy) {
        return Problem.error(setting.name(), Problem.Code.CREDENTIALS, reason, remedy);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> wanted) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (wanted.isInstance(cause)) {
                return Optional.of(wanted.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** What the layers have to say, from the outermost to the first reason of all, without repetitions. */
    private static String chain(Throwable failure) {
        Set<String> reasons = new LinkedHashSet<>();
        Throwable cause = failure;
        for (; cause.getCause() != null; cause = cause.getCause()) {
            if (cause == failure || cause instanceof SSLException) {
                reasons.add(KafkaFailure.reason(cause));
            }
        }
        reasons.add(KafkaFailure.reason(cause));
        return String.join(": ", reasons);
    }
}
