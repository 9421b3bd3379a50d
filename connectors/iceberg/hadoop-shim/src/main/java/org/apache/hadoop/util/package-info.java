/** Objects made by their class. See the README of this module. */
@NullMarked
package org.apache.hadoop.util;

import org.jspecify.annotations.NullMarked;
