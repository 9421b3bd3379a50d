package org.apache.arrow.dataset.scanner;

/** What Lance's scanner says it is. */
@SuppressWarnings("try") // the library that this stands in for lets close throw anything
public interface Scanner extends AutoCloseable {}
