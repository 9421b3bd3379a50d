package dev.penstock.embeddings;

/** What is embedded besides the text. */
enum Context {
    /** The heading above the text, where {@code chunk} has found one. */
    HEADING,
    /** Nothing. */
    NONE
}
