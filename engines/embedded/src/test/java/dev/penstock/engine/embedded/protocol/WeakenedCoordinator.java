package dev.penstock.engine.embedded.protocol;

import dev.penstock.engine.embedded.store.RecoveryStore;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The real coordinator, with one thing wrong if asked for. */
final class WeakenedCoordinator extends EpochCoordinator {
    private final Weakness weakness;
    private final RecoveryStore store;
    private @Nullable SealedEpoch early;

    WeakenedCoordinator(
            Weakness weakness,
            ProtocolSettings settings,
            Incarnation incarnation,
            RecoveryStore store,
            EpochPort port,
            RandomGenerator random) {
        super(settings, incarnation, store, port, random, 0);
        this.weakness = weakness;
        this.store = store;
    }

    @Override
    boolean seal() {
        if (weakness != Weakness.COMMIT_BEFORE_SEAL) {
            return super.seal();
        }
        if (early != null) {
            if (!settled()) {
                return false;
            }
            store.seal(early);
            early = null;
            return true;
        }
        Optional<SealedEpoch> complete = complete();
        complete.ifPresent(epoch -> {
            early = epoch;
            sealed(epoch);
        });
        return complete.isPresent();
    }

    @Override
    int lanesNeeded() {
        return weakness == Weakness.SEAL_WITHOUT_ALL_LANES ? 1 : super.lanesNeeded();
    }

    @Override
    void pending(List<PendingHandle> handles) {
        if (weakness == Weakness.ONLY_LAST_PREPARED_KEPT && !handles.isEmpty()) {
            forgetPending();
        }
        super.pending(handles);
    }
}
