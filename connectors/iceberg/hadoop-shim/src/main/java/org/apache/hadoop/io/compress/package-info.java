/** Codecs of pages, as streams. See the README of this module. */
@NullMarked
package org.apache.hadoop.io.compress;

import org.jspecify.annotations.NullMarked;
