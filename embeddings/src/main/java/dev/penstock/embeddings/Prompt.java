package dev.penstock.embeddings;

/** What is put before a text, so that the model knows what it is for. */
enum Prompt {
    /** The model's prompt for texts that are to be found. */
    DOCUMENT,
    /** The model's prompt for questions. */
    QUERY,
    /** Nothing. */
    NONE
}
