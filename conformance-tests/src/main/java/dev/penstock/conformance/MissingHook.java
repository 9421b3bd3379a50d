package dev.penstock.conformance;

/** A rule needs something that the author's fixture does not do; the rule is reported as skipped by that name. */
public final class MissingHook extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String hook;

    /** The hook, as {@code Type.method}. */
    public MissingHook(String hook) {
        super("The fixture does not implement " + hook);
        this.hook = hook;
    }

    /** The hook, as {@code Type.method}. */
    public String hook() {
        return hook;
    }
}
