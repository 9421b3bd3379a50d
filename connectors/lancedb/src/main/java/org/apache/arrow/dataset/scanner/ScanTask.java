package org.apache.arrow.dataset.scanner;

/** What Lance's scanner says it could be cut into. */
@SuppressWarnings("try") // the library that this stands in for lets close throw anything
public interface ScanTask extends AutoCloseable {}
