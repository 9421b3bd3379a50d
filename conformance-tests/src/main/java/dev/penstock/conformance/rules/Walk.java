package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.RuleViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Calls methods of a connector in random order: what is in order must work, all else must be an IllegalStateException.
 */
final class Walk {
    private static final int STEPS = 20;

    private final List<String> done = new ArrayList<>();

    private Walk() {}

    /** Takes one walk; {@code calls} gives what can be called where it stands. */
    static void take(Random random, Supplier<List<Call>> calls) {
        Walk walk = new Walk();
        for (int step = 0; step < STEPS; step++) {
            List<Call> possible = calls.get();
            walk.make(possible.get(random.nextInt(possible.size())));
        }
    }

    private void make(Call call) {
        Optional<RuntimeException> thrown = call.thrown();
        if (call.legal && thrown.isPresent()) {
            throw new RuleViolation(
                    "after " + done + " the call " + call.name + " is in order, and threw " + thrown.get(),
                    "what state that call needs, and which call leaves it",
                    thrown.get());
        }
        if (!call.legal
                && thrown.filter(IllegalStateException.class::isInstance).isEmpty()) {
            throw new RuleViolation(
                    "after " + done + " the call " + call.name + " is out of order, and "
                            + thrown.map(one -> "threw " + one).orElse("did something")
                            + " instead of throwing IllegalStateException",
                    "that each method looks first whether the part is open, and not closed");
        }
        done.add(call.name);
    }

    /**
     * A call.
     *
     * @param name for people
     * @param legal whether it is in order
     * @param action makes it
     */
    record Call(String name, boolean legal, Runnable action) {
        private Optional<RuntimeException> thrown() {
            try {
                action.run();
                return Optional.empty();
            } catch (RuntimeException e) {
                return Optional.of(e);
            }
        }
    }
}
