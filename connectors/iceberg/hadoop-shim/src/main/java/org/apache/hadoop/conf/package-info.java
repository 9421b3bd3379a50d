/** Settings of codecs. See the README of this module. */
@NullMarked
package org.apache.hadoop.conf;

import org.jspecify.annotations.NullMarked;
