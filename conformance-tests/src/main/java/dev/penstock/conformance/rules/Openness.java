package dev.penstock.conformance.rules;

/** Whether a part should be new, open or closed. */
final class Openness {
    private boolean opened;
    private boolean closed;

    boolean isOpen() {
        return opened && !closed;
    }

    /** An open, in order once and before any close. */
    Walk.Call opening(Runnable open) {
        return new Walk.Call("open", !opened && !closed, () -> {
            open.run();
            opened = true;
        });
    }

    /** A close, always in order. */
    Walk.Call closing(Runnable close) {
        return new Walk.Call("close", true, () -> {
            close.run();
            closed = true;
        });
    }
}
