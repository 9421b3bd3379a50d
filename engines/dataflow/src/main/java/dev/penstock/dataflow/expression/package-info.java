/** CEL expressions, checked against a schema and evaluated a column at a time. */
@NullMarked
package dev.penstock.dataflow.expression;

import org.jspecify.annotations.NullMarked;
