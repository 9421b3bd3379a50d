package dev.penstock.connector.kafka;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;

/**
 * Says what is wrong when no token can be had. Java's login knows no causes: what went wrong on the way is in the
 * message, as a stack is printed.
 */
final class TokenProblem {
    private static final Pattern CAUSE = Pattern.compile("^Caused by: ([\\w.$]+)(?:: (.*))?$", Pattern.MULTILINE);
    private static final Pattern FIRST =
            Pattern.compile("\\A(?:[\\w.$]+(?:Exception|Error): )*(.*)$", Pattern.MULTILINE);
    /** Without those that say that another time will do, which Kafka too tries again. */
    private static final Pattern STATUS = Pattern.compile("response code (4(?!08|21|25|29)\\d\\d) ");

    private static final Pattern UNTRUSTED = Pattern.compile("PKIX|CertificateException|Received fatal alert");
    private static final Pattern OTHER_SERVER =
            Pattern.compile("valid JWT|JwtValidatorException|unrecognized SSL message");
    private static final Set<String> OF_CREDENTIALS = Set.of("400", "401", "403");

    private TokenProblem() {}

    /**
     * What became of asking for a token.
     *
     * @param doing what was tried, for example {@code "Cannot list topics: "}
     */
    static ConnectorException of(String doing, LoginException failure) {
        String text = withoutAnswer(failure.getMessage() == null ? "" : failure.getMessage());
        LoginException cause = new LoginException(text);
        cause.setStackTrace(failure.getStackTrace());
        String reason = doing + "no token could be had: " + reason(text);
        Matcher status = STATUS.matcher(text);
        if (status.find()) {
            return OF_CREDENTIALS.contains(status.group(1))
                    ? refused(
                            TokenSettings.CLIENT_SECRET,
                            reason,
                            "correct it, or 'token-client-id' and 'token-scope': the endpoint refuses them")
                    : refused(TokenSettings.ENDPOINT, reason, "correct it: there is nothing that gives tokens");
        }
        if (UNTRUSTED.matcher(text).find()) {
            return refused(
                    TokenSettings.AUTHORITIES,
                    reason,
                    "correct it: it must hold the authority that has signed the certificate of the endpoint");
        }
        if (OTHER_SERVER.matcher(text).find()) {
            return refused(
                    TokenSettings.ENDPOINT, reason, "correct it: what answers there gives no tokens that are JWT");
        }
        // A balancer whose servers are away takes connections and hangs up before TLS has begun.
        return text.contains("java.net.") || text.contains("java.io.") || text.contains("javax.net.ssl.")
                ? new RetryableException(reason + "; it is tried again", cause)
                : new FatalException(reason + "; see the cause", cause);
    }

    private static ConfigException refused(ConfigKey<?> setting, String reason, String remedy) {
        return new ConfigException(List.of(Problem.error(setting.name(), Problem.Code.CREDENTIALS, reason, remedy)));
    }

    /** The client shows the beginning of an answer in which it finds no token that is a JWT: there may be one in it. */
    private static String withoutAnswer(String text) {
        int answer = text.indexOf(" Response: (");
        return answer < 0 ? text : text.substring(0, answer);
    }

    /** The last of the causes, which was the first to happen. */
    private static String reason(String text) {
        String reason = "";
        for (Matcher cause = CAUSE.matcher(text); cause.find(); ) {
            String name = cause.group(1).substring(cause.group(1).lastIndexOf('.') + 1);
            String said = cause.group(2) == null ? "" : cause.group(2).strip();
            reason = said.isEmpty() || !said.contains(" ") ? (name + " " + said).strip() : said;
        }
        if (!reason.isEmpty()) {
            return reason;
        }
        Matcher first = FIRST.matcher(text);
        return first.find() ? first.group(1).strip() : text;
    }
}
