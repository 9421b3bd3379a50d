/**
 * The interfaces of Arrow's dataset library that classes of Lance name as their own. Nothing calls them, and the
 * library brings 78 MB of native code that nothing here needs; so it is left out and these stand in for it.
 */
@NullMarked
package org.apache.arrow.dataset.scanner;

import org.jspecify.annotations.NullMarked;
