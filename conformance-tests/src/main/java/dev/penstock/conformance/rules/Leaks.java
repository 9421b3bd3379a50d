package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.spi.ResumeState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Looks for secrets in whatever a connector shows. */
final class Leaks {
    private final List<String> secrets = new ArrayList<>();

    Leaks(Iterable<String> secrets) {
        secrets.forEach(this::add);
    }

    void add(String secret) {
        if (!secret.isBlank()) {
            secrets.add(secret);
        }
    }

    boolean isEmpty() {
        return secrets.isEmpty();
    }

    /** Throws if {@code text} holds a secret; {@code where} is for people. */
    void look(String where, String text) {
        for (String secret : secrets) {
            if (text.contains(secret)) {
                throw new RuleViolation(
                        where + " shows a secret: " + text.replace(secret, "<the secret>"),
                        "where Secret.reveal is called: its result goes to the client library and nowhere else");
            }
        }
    }

    void look(String where, ResumeState state) {
        look(where, new String(state.bytes(), StandardCharsets.ISO_8859_1));
    }

    void look(String where, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            look(where, cause.toString());
            for (Throwable suppressed : cause.getSuppressed()) {
                look(where, suppressed.toString());
            }
        }
    }

    /** Throws if the name of a living thread holds one. */
    void lookAtThreads() {
        Thread.getAllStackTraces().keySet().forEach(thread -> look("a thread's name", thread.getName()));
    }
}
