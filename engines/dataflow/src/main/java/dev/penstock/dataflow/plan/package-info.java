/** What an engine is given to run: a graph of steps whose settings have all been checked. */
@NullMarked
package dev.penstock.dataflow.plan;

import org.jspecify.annotations.NullMarked;
