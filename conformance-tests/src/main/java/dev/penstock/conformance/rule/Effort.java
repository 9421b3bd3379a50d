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
    /** What a build can afford each time. */
    public static final Effort DEFAULT = new Effort(4, 4, 16, 1_000);
    /** Enough to find what is plainly broken, in seconds. */
    public static final Effort QUICK = new Effort(2, 2, 8, 300);

    /** The effort called {@code quick}, {@code default} or {@code full}. */
    public static Effort named(String name) {
        return switch (name) {
            case "quick" -> QUICK;
            case "default" -> DEFAULT;
            case "full" -> FULL;
            default ->
                throw new IllegalArgumentException(
                        "Cannot try with effort '" + name + "': there is none; use quick, default or full");
        };
    }

    /** What it is called, as in {@link #named}; {@code own} if it is none of them. */
    public String title() {
        return equals(QUICK) ? "quick" : equals(DEFAULT) ? "default" : equals(FULL) ? "full" : "own";
    }
}
