package dev.penstock.conformance.process;

import dev.penstock.spi.Prepared;
import java.util.Arrays;
import java.util.List;

/**
 * An incarnation that is taken for dead, and is not.
 *
 * @param generation of its lease
 * @param committing what it was about to commit
 */
public record Zombie(long generation, List<Prepared> committing) {
    static Zombie of(List<Marker> markers) {
        long generation = 0;
        List<Prepared> committing = List.of();
        for (Marker marker : markers) {
            if (marker.kind().equals(Markers.GENERATION)) {
                generation = Long.parseLong(marker.text());
            } else if (marker.kind().equals(Markers.HANDLES)) {
                committing = Arrays.stream(marker.text().split(","))
                        .map(PreparedText::parse)
                        .toList();
            }
        }
        return new Zombie(generation, committing);
    }
}
