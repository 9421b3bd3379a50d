package dev.penstock.conformance.mutants;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter;
import java.util.List;
import java.util.Map;

/** A committer that does as another does, except for what is overridden. */
class ChangedCommitter implements SinkCommitter {
    final SinkCommitter committer;

    ChangedCommitter(SinkCommitter committer) {
        this.committer = committer;
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
