package dev.penstock.conformance.reference;

import static java.util.Objects.requireNonNull;

/** The server will not do what it was asked. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Kind kind;

    /** A refusal for a reason that people understand. */
    public Refusal(Kind kind, String reason) {
        super(reason);
        this.kind = requireNonNull(kind, "kind");
    }

    /** What kind it is. */
    public Kind kind() {
        return kind;
    }

    /** Why servers refuse. */
    public enum Kind {
        /** There is no such verb. */
        UNKNOWN,
        /** The user is not let in. */
        CREDENTIALS,
        /** The user may not do this. */
        PRIVILEGE,
        /** There is no such log, table or transaction. */
        NOT_FOUND,
        /** The log no longer reaches back that far. */
        EXPIRED,
        /** A newer incarnation owns the table. */
        FENCED,
        /** A row cannot be taken. */
        INVALID,
        /** The server is busy; the same request may do later. */
        BUSY
    }
}
