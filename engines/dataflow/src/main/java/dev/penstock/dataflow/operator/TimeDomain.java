package dev.penstock.dataflow.operator;

/** Which clock a timer follows. */
public enum TimeDomain {
    /** The time in the rows: a timer is due when the watermark reaches it. */
    EVENT(0),
    /** The wall clock: a timer is due when that time has come, also while no rows arrive. */
    PROCESSING(1);

    private final byte code;

    TimeDomain(int code) {
        this.code = (byte) code;
    }

    /** The one-byte form kept in state. */
    public byte code() {
        return code;
    }

    /**
     * The domain with {@link #code()} {@code code}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static TimeDomain of(byte code) {
        for (TimeDomain domain : values()) {
            if (domain.code == code) {
                return domain;
            }
        }
        throw new IllegalArgumentException("Cannot read a timer of domain " + code + ": there is none");
    }
}
