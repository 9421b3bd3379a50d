package dev.penstock.conformance.fault;

import java.util.HashMap;
import java.util.Map;

/** A fault that waits for its moment. */
final class Armed {
    private final Trigger trigger;
    private final Fault fault;
    private final Map<Pump, Integer> matched = new HashMap<>();
    private long seen;
    private boolean fired;

    Armed(Trigger trigger, Fault fault) {
        this.trigger = trigger;
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }

    /** How many of the next bytes are delivered before the fault; -1 if it does not happen within them. */
    synchronized int firesAt(Pump pump, Piece piece) {
        if (fired || trigger.direction() != pump.direction()) {
            return -1;
        }
        int at = at(pump, piece);
        fired = at >= 0;
        return at;
    }

    private int at(Pump pump, Piece piece) {
        if (trigger instanceof Trigger.AfterBytes after) {
            seen += piece.length();
            return seen > after.bytes() ? Math.toIntExact(after.bytes() - (seen - piece.length())) : -1;
        }
        if (trigger instanceof Trigger.AfterMatch match) {
            return search(pump, piece, match.pattern());
        }
        seen += piece.startsExchange() ? 1 : 0;
        return seen == ((Trigger.InExchange) trigger).number() ? piece.length() : -1;
    }

    private int search(Pump pump, Piece piece, byte[] pattern) {
        int state = matched.getOrDefault(pump, 0);
        for (int index = 0; index < piece.length(); index++) {
            state = next(pattern, state, piece.bytes()[index]);
            if (state == pattern.length) {
                return index + 1;
            }
        }
        matched.put(pump, state);
        return -1;
    }

    /** The length of the longest beginning of the pattern that what was read ends with. */
    private static int next(byte[] pattern, int state, byte read) {
        for (int length = state; length >= 0; length--) {
            if (pattern[length] == read && startsWithItsTail(pattern, state, length)) {
                return length + 1;
            }
        }
        return 0;
    }

    /** Whether the last {@code length} of the first {@code state} bytes are the first ones. */
    private static boolean startsWithItsTail(byte[] pattern, int state, int length) {
        for (int index = 0; index < length; index++) {
            if (pattern[index] != pattern[state - length + index]) {
                return false;
            }
        }
        return true;
    }

    /**
     * What was read at once.
     *
     * @param bytes the first {@code length} count
     * @param startsExchange whether it begins a request
     */
    record Piece(byte[] bytes, int length, boolean startsExchange) {}
}
