/** Pipelines as engines see them: model, file format, built-in steps. */
@NullMarked
package dev.penstock.dataflow;

import org.jspecify.annotations.NullMarked;
