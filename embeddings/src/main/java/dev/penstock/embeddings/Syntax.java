package dev.penstock.embeddings;

/** How documents are written. */
enum Syntax {
    /** Markdown: headings, code, tables and front matter are seen. */
    MARKDOWN,
    /** Plain text: only blank lines and sentences are seen. */
    TEXT
}
