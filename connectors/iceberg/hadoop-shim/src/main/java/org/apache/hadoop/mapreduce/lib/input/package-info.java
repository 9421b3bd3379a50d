/** Names of inputs of jobs, which nothing runs. See the README of this module. */
@NullMarked
package org.apache.hadoop.mapreduce.lib.input;

import org.jspecify.annotations.NullMarked;
