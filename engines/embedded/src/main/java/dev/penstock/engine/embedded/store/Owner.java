package dev.penstock.engine.embedded.store;

import static java.util.Objects.requireNonNull;

/**
 * Who holds a lease.
 *
 * @param host the name of the machine
 * @param process the process id there
 * @param runId of the incarnation, see {@link dev.penstock.spi.EpochId}
 */
public record Owner(String host, long process, String runId) {
    public Owner {
        requireNonNull(host, "host");
        requireNonNull(runId, "runId");
    }

    /** This process on this host. */
    public static Owner current(String runId) {
        return new Owner(ThisHost.name(), ProcessHandle.current().pid(), runId);
    }
}
