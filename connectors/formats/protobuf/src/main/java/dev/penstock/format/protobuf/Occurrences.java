package dev.penstock.format.protobuf;

import java.util.Arrays;

/** Where the values of one field stand in a message, and of which wire type they are. */
final class Occurrences {
    private int[] positions = new int[4];
    private int[] wireTypes = new int[4];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    void add(int position, int wireType) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, count * 2);
            wireTypes = Arrays.copyOf(wireTypes, count * 2);
        }
        positions[count] = position;
        wireTypes[count++] = wireType;
    }

    int position(int index) {
        return positions[index];
    }

    int wireType(int index) {
        return wireTypes[index];
    }

    /** The last position, or -1. */
    int last() {
        return count == 0 ? -1 : positions[count - 1];
    }
}
