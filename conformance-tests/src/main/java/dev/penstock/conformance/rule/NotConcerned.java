package dev.penstock.conformance.rule;

/** A rule is about something that the connector, or the system at its other end, does not have; it is skipped. */
public final class NotConcerned extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String reason;

    /** Says what there is not, for reports. */
    public NotConcerned(String reason) {
        super("The rule does not concern the connector: " + reason);
        this.reason = reason;
    }

    /** What there is not. */
    String reason() {
        return reason;
    }
}
