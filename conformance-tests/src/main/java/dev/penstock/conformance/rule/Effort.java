package dev.penstock.conformance.rule;

/**
 * How hard rules try.
 *
 * @param seeds how many random runs a rule with random runs does
 * @param kills how many processes a rule with kills kills
 * @param cycles how many times something is repeated that must not leak
 * @param soakMillis how long something is watched that must stay quiet
 */
public record Effort(int seeds, int kills, int cycles, long soakMillis) {
    /** What a badge needs. */
    public static final Effort FULL = new Effort(30, 30, 50, 5_000);
    /** Enough to find what is plainly broken, in seconds. */
    public static final Effort QUICK = new Effort(2, 2, 8, 300);
}
