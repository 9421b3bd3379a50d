package dev.penstock.conformance.forwarding;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter;
import java.util.List;
import java.util.Map;

/** A committer that does as another does, except for what is overridden. */
public class ForwardingCommitter implements SinkCommitter {
    /** What calls are passed to. */
    protected final SinkCommitter committer;

    /** Passes every call to {@code committer}, and closes it. */
    protected ForwardingCommitter(SinkCommitter committer) {
        this.committer = requireNonNull(committer, "committer");
    }

    @Override
    public void claim() {
        committer.claim();
    }

    @Override
    public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
        return committer.commit(epoch, handles);
    }

    @Override
    public void abort(List<Prepared> handles) {
        committer.abort(handles);
    }

    @Override
    public void close() {
        committer.close();
    }
}
