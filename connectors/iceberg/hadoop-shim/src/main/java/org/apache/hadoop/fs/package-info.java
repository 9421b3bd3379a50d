/** Names of files, which nothing opens. See the README of this module. */
@NullMarked
package org.apache.hadoop.fs;

import org.jspecify.annotations.NullMarked;
