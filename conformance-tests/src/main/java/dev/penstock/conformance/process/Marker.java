package dev.penstock.conformance.process;

/**
 * Something that a process said.
 *
 * @param kind one of those of {@link Markers}
 * @param text what it is about
 */
record Marker(String kind, String text) {
    static Marker of(String line) {
        String[] parts = line.substring(Markers.SIGN.length()).split(" ", 2);
        return new Marker(parts[0], parts.length > 1 ? parts[1] : "");
    }
}
