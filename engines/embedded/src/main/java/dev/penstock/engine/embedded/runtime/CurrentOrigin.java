package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.keyed.RowOrigin;

/** Where the rows come from that a lane's thread sends through its chain right now. Confined to that thread. */
final class CurrentOrigin {
    private RowOrigin origin = new RowOrigin("", "");

    RowOrigin origin() {
        return origin;
    }

    void set(RowOrigin now) {
        origin = now;
    }
}
