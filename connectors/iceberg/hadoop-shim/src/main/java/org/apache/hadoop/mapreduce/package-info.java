/** Names of jobs, which nothing runs. See the README of this module. */
@NullMarked
package org.apache.hadoop.mapreduce;

import org.jspecify.annotations.NullMarked;
