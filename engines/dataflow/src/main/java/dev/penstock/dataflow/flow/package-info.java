/**
 * Pipelines as Java programs: typed streams, keyed state, windows and joins. Start with
 * {@link dev.penstock.dataflow.flow.Flow}.
 */
@NullMarked
package dev.penstock.dataflow.flow;

import org.jspecify.annotations.NullMarked;
