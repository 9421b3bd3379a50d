package dev.penstock.engine.embedded.store;

/**
 * Who holds a lease.
 *
 * @param host the name of the machine
 * @param process the process id there
 * @param runId of the incarnation, see {@link dev.penstock.spi.EpochId}
 */
public record Owner(String host, long process, String runId) {}
