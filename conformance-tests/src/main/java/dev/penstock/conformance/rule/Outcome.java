package dev.penstock.conformance.rule;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Locale;

/** What became of an attempt at a rule. */
public sealed interface Outcome {
    /** The rule is kept. */
    record Passed() implements Outcome {}

    /**
     * The rule is broken, or could not be tried.
     *
     * @param message names the rule, what was seen, how to see it again, and where to look
     * @param cause what the check threw
     */
    record Failed(String message, Throwable cause) implements Outcome {
        public Failed {
            requireNonNull(message, "message");
            requireNonNull(cause, "cause");
        }
    }

    /**
     * The rule was not tried.
     *
     * @param reason why
     * @param detail the capability, the hook or the rule that is in the way, or what the system does not have
     */
    record Skipped(Reason reason, String detail) implements Outcome {}

    /**
     * The rule is broken, and its author said so beforehand.
     *
     * @param waiver what the author said
     * @param failure what was seen
     */
    record Waived(Waiver waiver, Failed failure) implements Outcome {}

    /**
     * The rule was kept in some attempts with the same seed and broken in others, which counts as broken.
     *
     * @param passed how many attempts passed
     * @param attempts how many there were
     * @param failure the first one
     */
    record Flaky(int passed, int attempts, Failed failure) implements Outcome {}

    /** Why a rule was not tried. */
    enum Reason {
        /** The connector does not declare what the rule is about, or its system cannot have it; nothing is lost. */
        CAPABILITY,
        /** The fixture does not do what the rule needs; blocks the badge. */
        HOOK,
        /** A rule of a tier before failed. */
        TIER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What an author says beforehand of a rule that will break. */
    record Waiver(String rule, String reason, LocalDate expires) {
        public Waiver {
            Group.of(rule);
            requireNonNull(expires, "expires");
            if (reason.isBlank()) {
                throw new IllegalArgumentException("Cannot waive " + rule + " without a reason");
            }
        }
    }

    /** Whether the rule does not hold; waived ones do not count. */
    default boolean broken() {
        return this instanceof Failed || this instanceof Flaky;
    }

    /** As reports write it: {@code pass}, {@code fail}, {@code skipped(capability)}, {@code flaky(1 of 3)}. */
    default String word() {
        if (this instanceof Passed) {
            return "pass";
        } else if (this instanceof Failed) {
            return "fail";
        } else if (this instanceof Skipped skipped) {
            return "skipped(" + skipped.reason + ")";
        } else if (this instanceof Waived) {
            return "waived";
        } else if (this instanceof Flaky flaky) {
            return "flaky(" + flaky.passed + " of " + flaky.attempts + ")";
        }
        throw new AssertionError(this);
    }
}
