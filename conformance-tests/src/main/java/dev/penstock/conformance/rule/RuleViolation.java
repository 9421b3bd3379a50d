package dev.penstock.conformance.rule;

/** A rule is broken; says what was seen, and where an author should look. */
public final class RuleViolation extends AssertionError {
    private static final long serialVersionUID = 1;
    private final String seen;
    private final String check;

    /**
     * What was seen.
     *
     * @param seen the first offending row, object or text, and what was expected in its place
     * @param check where an author of a connector should look first: a method, a mistake that is often made
     */
    public RuleViolation(String seen, String check) {
        super(seen + "\ncheck: " + check);
        this.seen = seen;
        this.check = check;
    }

    /** What was seen, and what threw. */
    public RuleViolation(String seen, String check, Throwable cause) {
        super(seen + "\ncheck: " + check, cause);
        this.seen = seen;
        this.check = check;
    }

    /** The first offending row, object or text, and what was expected in its place. */
    public String seen() {
        return seen;
    }

    /** Where an author should look first. */
    public String check() {
        return check;
    }
}
