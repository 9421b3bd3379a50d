package dev.penstock.dataflow.format;

/** Reads the value that comes next in a JSON text and appends exactly one value to the column it was made for. */
interface JsonReader {
    /**
     * Reads a value or null.
     *
     * @throws ValueException if it does not fit; the column may then hold a part of it, which the caller truncates
     */
    void read(JsonScanner in);
}
