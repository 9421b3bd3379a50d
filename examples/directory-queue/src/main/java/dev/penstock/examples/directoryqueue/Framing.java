package dev.penstock.examples.directoryqueue;

import dev.penstock.spi.Payload;
import dev.penstock.spi.config.ConfigKey;

/** How a message is cut into records. There is one way; saying so lets a pipeline refuse formats that need another. */
enum Framing {
    /** A record is a line. */
    LINES;

    static final ConfigKey<Framing> KEY = ConfigKey.choice(
                    Payload.FRAMING, Framing.class, "How a message is cut into records; follows from the format")
            .defaultValue(LINES)
            .advancedOnly();
}
