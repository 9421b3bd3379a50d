package dev.penstock.spi;

import java.util.Locale;

/** What a connector can be in a pipeline. */
public enum Role {
    SOURCE,
    SINK,
    TRANSFORM,
    SEARCH,
    DECODER,
    ENCODER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
