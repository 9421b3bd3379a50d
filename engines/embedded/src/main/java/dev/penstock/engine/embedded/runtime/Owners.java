package dev.penstock.engine.embedded.runtime;

import dev.penstock.engine.embedded.store.Owner;

/** Who this process is. */
final class Owners {
    private Owners() {}

    static Owner current(String runId) {
        return new Owner("localhost", ProcessHandle.current().pid(), runId);
    }
}
