/** In-memory connectors that keep the whole contract and can be made to fail. */
@NullMarked
package dev.penstock.engine.embedded.testing;

import org.jspecify.annotations.NullMarked;
