package dev.penstock.engine.embedded.store;

/** Another live process runs the pipeline. */
public final class StateInUseException extends RuntimeException {
    private final transient Owner owner;

    /** The state of {@code pipeline} belongs to {@code owner}. */
    public StateInUseException(String pipeline, Owner owner) {
        super("Cannot run pipeline '" + pipeline + "': process " + owner.process() + " on host '" + owner.host()
                + "' is running it; stop that process first, or give this pipeline another name or state directory");
        this.owner = owner;
    }

    /** Who holds the lease. */
    public Owner owner() {
        return owner;
    }
}
