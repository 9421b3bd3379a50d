package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.ResumeRefusedException;
import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.engine.embedded.store.SealedEpoch.WriterSnapshot;
import dev.penstock.spi.config.NearestName;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the last durable epoch left behind.
 *
 * @param epoch its number, or -1 on first start
 * @param positions of all partitions ever read and not removed
 * @param pending handles of durable epochs that are not known to be committed, ascending
 * @param snapshots of the sinks' writers
 * @param steps the ids of all steps that have state of any kind: one that is not in the pipeline any more is orphaned
 */
public record Recovered(
        long epoch,
        List<Position> positions,
        List<PendingHandle> pending,
        List<WriterSnapshot> snapshots,
        Set<String> steps) {
    public Recovered {
        positions = List.copyOf(positions);
        pending = List.copyOf(pending);
        snapshots = List.copyOf(snapshots);
        steps = Set.copyOf(steps);
    }

    /**
     * Refuses to go on if a step that has state is not one of {@code present}, such as a renamed one, or if one with
     * positions is not one of {@code sources}, such as a sink that took over the name of a source: the state would be
     * lost without a word, and rows read again.
     *
     * @param sources the ids of the steps that read
     * @param present the ids of all steps of the pipeline
     */
    public void refuseOrphans(String pipeline, Collection<String> sources, Collection<String> present) {
        Set<String> readers = positions.stream().map(Position::stepId).collect(Collectors.toSet());
        List<String> orphans = Stream.concat(steps.stream(), readers.stream())
                .distinct()
                .sorted()
                .filter(step -> !(readers.contains(step) ? sources : present).contains(step))
                .map(step -> readers.contains(step) ? orphan(step, " as a source", sources) : orphan(step, "", present))
                .toList();
        if (!orphans.isEmpty()) {
            throw new ResumeRefusedException(
                    ResumeRefusedException.Reason.ORPHANED_STEP,
                    "Cannot resume pipeline '" + pipeline + "': " + String.join("; ", orphans));
        }
    }

    private static String orphan(String step, String role, Collection<String> present) {
        String renamed = NearestName.of(step, present)
                .map(near -> "rename step '" + near + "' back to it, or ")
                .orElse("put it back, or ");
        return "there is state of a step '" + step + "' which the pipeline does not have" + role + "; " + renamed
                + "drop its state with 'penstock state reset --step " + step + "'";
    }
}
