package dev.penstock.connector.lancedb;

import dev.penstock.spi.ResumeState;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.lance.Dataset;
import org.lance.Fragment;

/**
 * How far a run before came. A run reads one version of the table: while some of it is unread, the run was interrupted,
 * and goes on in that version, whatever became of the table since; otherwise the next run reads a newer one.
 *
 * @param positions by the id of the partition
 */
record RunBefore(Map<String, ReadPosition> positions) {
    RunBefore {
        positions = Map.copyOf(positions);
    }

    static RunBefore of(Map<String, ResumeState> states) {
        Map<String, ReadPosition> positions = new TreeMap<>();
        states.forEach((id, state) -> positions.put(id, ReadPosition.of(state)));
        return new RunBefore(positions);
    }

    /** The version that it read; empty if it has read nothing. */
    OptionalLong version() {
        return unfinished()
                .map(position -> OptionalLong.of(position.getValue().version()))
                .orElseGet(() -> positions.values().stream()
                        .mapToLong(ReadPosition::version)
                        .max());
    }

    /** A partition that was begun and not ended. */
    private Optional<Map.Entry<String, ReadPosition>> unfinished() {
        return positions.entrySet().stream()
                .filter(position -> !position.getValue().ended())
                .max(Comparator.comparingLong(position -> position.getValue().version()));
    }

    /** Whether it has read all of the version that it read. */
    boolean hasRead(Dataset version) {
        return version.getFragments().stream()
                .map(Fragment::getId)
                .map(fragment -> Optional.ofNullable(positions.get(LanceSource.id(fragment))))
                .allMatch(position -> position.filter(ReadPosition::ended).isPresent());
    }

    /**
     * The version is gone. Partitions that were not begun are found in a newer one; one that was begun is lost.
     *
     * @param newest the version that there is
     */
    void versionIsGone(long newest) {
        unfinished().ifPresent(position -> {
            throw position.getValue().lost(position.getKey(), newest);
        });
    }
}
