package dev.penstock.dataflow.plan;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/**
 * A pipeline that an engine can run: settings are checked, nothing is open yet.
 *
 * @param pipeline the name, which is also the name of its state
 * @param baseDirectory where relative paths of settings start: the directory of the pipeline file
 * @param checkpoint when epochs are sealed and where state is kept
 * @param runtime threads and memory
 * @param nodes the steps, inputs before the steps they feed; ids are unique and stable across edits of other steps
 * @param errors what becomes of rows that cannot be taken
 * @param guarantee what the parts together can promise
 * @param fingerprint changes when the settings of a source or transform change; tells that rows which were read before
 *     may look different from what would be read now
 */
public record Plan(
        String pipeline,
        Path baseDirectory,
        CheckpointSettings checkpoint,
        RuntimeSettings runtime,
        List<PlanNode> nodes,
        ErrorPolicy errors,
        Guarantee guarantee,
        String fingerprint) {
    public Plan {
        requireNonNull(pipeline, "pipeline");
        requireNonNull(baseDirectory, "baseDirectory");
        requireNonNull(checkpoint, "checkpoint");
        requireNonNull(runtime, "runtime");
        requireNonNull(errors, "errors");
        requireNonNull(guarantee, "guarantee");
        requireNonNull(fingerprint, "fingerprint");
        nodes = List.copyOf(nodes);
    }

    /** This plan with {@code completed} steps in the place of its own. */
    public Plan with(List<PlanNode> completed) {
        return new Plan(
                pipeline, baseDirectory, checkpoint, runtime, completed, errors, guarantee, fingerprint);
    }

    /** The steps of one kind, in order. */
    public <N extends PlanNode> List<N> nodes(Class<N> kind) {
        return nodes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
