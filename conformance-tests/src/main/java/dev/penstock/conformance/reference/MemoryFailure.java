package dev.penstock.conformance.reference;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.DataException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.time.Duration;

/** What is thrown for what the server or the network did: the type says who must act. */
final class MemoryFailure {
    private static final Duration BUSY = Duration.ofMillis(100);

    private MemoryFailure() {}

    /** The connection could not be made, or was lost. */
    static RetryableException of(Attempt attempt, IOException cause) {
        return new RetryableException(
                attempt + ": the connection to " + attempt.server + " was lost (" + cause
                        + "); see that the server runs and can be reached",
                cause);
    }

    /** The server would not. */
    static ConnectorException of(Attempt attempt, Refusal refusal) {
        String why = attempt + ": " + refusal.getMessage();
        return switch (refusal.kind()) {
            case CREDENTIALS ->
                problem(ServerSettings.PASSWORD.name(), Problem.Code.CREDENTIALS, why, "correct user and password");
            case PRIVILEGE ->
                problem(ServerSettings.USER.name(), Problem.Code.PRIVILEGE, why, "grant it, or use another user");
            case NOT_FOUND -> problem(attempt.setting, Problem.Code.NOT_FOUND, why, "correct the name, or create it");
            case FENCED -> new FencedException(why);
            case INVALID -> new DataException(why);
            case BUSY -> new RetryableException(why + "; it is tried again soon", BUSY);
            case UNKNOWN, EXPIRED -> new FatalException(why + "; use releases of server and connector that fit");
        };
    }

    private static ConfigException problem(String setting, Problem.Code code, String reason, String remedy) {
        return new ConfigException(setting, code, reason, remedy);
    }

    /**
     * What was being done, for people.
     *
     * @param verb in plain words, for example {@code read log}
     * @param name of the thing
     * @param setting that names the thing
     * @param server where
     */
    record Attempt(String verb, String name, String setting, ServerSettings server) {
        @Override
        public String toString() {
            return "Cannot " + verb + " '" + name + "'";
        }
    }
}
