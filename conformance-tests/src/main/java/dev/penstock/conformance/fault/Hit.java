package dev.penstock.conformance.fault;

/**
 * A fault that took effect.
 *
 * @param fault what happened
 * @param connection which one, from 1
 * @param direction which way the bytes went that set it off or that were kept back
 * @param bytes how many had gone that way on the connection before
 */
public record Hit(Fault fault, long connection, Direction direction, long bytes) {
    @Override
    public String toString() {
        return fault + " on connection " + connection + " after " + bytes + " bytes of " + direction;
    }
}
