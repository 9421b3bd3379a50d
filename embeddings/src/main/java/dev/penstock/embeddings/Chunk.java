package dev.penstock.embeddings;

/**
 * A piece of a document.
 *
 * @param heading the headings above it, from the outermost to the innermost
 * @param text what it says
 */
record Chunk(String heading, String text) {}
