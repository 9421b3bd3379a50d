/** The format json-schema: JSON whose schema is in a registry. */
@NullMarked
package dev.penstock.dataflow.jsonschema;

import org.jspecify.annotations.NullMarked;
