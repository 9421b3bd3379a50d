/** Between the bytes of records and columns: text, ndjson, json and csv. */
@NullMarked
package dev.penstock.dataflow.format;

import org.jspecify.annotations.NullMarked;
