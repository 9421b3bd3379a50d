package dev.penstock.conformance.fault;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/** When a fault happens, counted over all connections from the moment it was {@linkplain FaultProxy#arm armed}. */
public sealed interface Trigger {
    /** Which way the bytes go that it looks at. */
    Direction direction();

    /** After exactly so many bytes one way; they are still delivered, the next one is not. */
    static Trigger afterBytes(Direction direction, long bytes) {
        return new AfterBytes(direction, bytes);
    }

    /** After the last byte of a text went one way on one connection, in however many pieces. */
    static Trigger afterMatch(Direction direction, String text) {
        return new AfterMatch(direction, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * In the {@code number}-th exchange, from 1: after the first piece of a request that is the first of its connection
     * or comes after a reply.
     */
    static Trigger inExchange(int number) {
        return new InExchange(number);
    }

    /**
     * After bytes.
     *
     * @param direction that counts
     * @param bytes at least 0
     */
    record AfterBytes(Direction direction, long bytes) implements Trigger {
        public AfterBytes {
            requireNonNull(direction, "direction");
            if (bytes < 0) {
                throw new IllegalArgumentException("Cannot cut after " + bytes + " bytes");
            }
        }
    }

    /**
     * After bytes that are known.
     *
     * @param direction that is searched
     * @param pattern at least one byte; copied in and out
     */
    record AfterMatch(Direction direction, byte[] pattern) implements Trigger {
        public AfterMatch {
            requireNonNull(direction, "direction");
            pattern = pattern.clone();
            if (pattern.length == 0) {
                throw new IllegalArgumentException("Cannot look for no bytes");
            }
        }

        @Override
        public byte[] pattern() {
            return pattern.clone();
        }
    }

    /**
     * In an exchange.
     *
     * @param number from 1
     */
    record InExchange(int number) implements Trigger {
        public InExchange {
            if (number < 1) {
                throw new IllegalArgumentException("Cannot count to exchange " + number);
            }
        }

        @Override
        public Direction direction() {
            return Direction.REQUEST;
        }
    }
}
