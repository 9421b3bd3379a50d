package dev.penstock.spi;

import java.util.List;

/**
 * The partitions there are now.
 *
 * @param partitions all of them, each id once
 * @param complete whether no further partition will ever appear
 */
public record Discovery(List<Partition> partitions, boolean complete) {
    public Discovery {
        partitions = List.copyOf(partitions);
    }
}
