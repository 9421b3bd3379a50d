package dev.penstock.conformance.rule;

/** Tries one rule. */
@FunctionalInterface
public interface Check {
    /**
     * Returns if the rule is kept.
     *
     * @throws RuleViolation if it is broken
     * @throws Exception if the rule could not be tried, which counts as broken too
     */
    void run(Trial trial) throws Exception;
}
