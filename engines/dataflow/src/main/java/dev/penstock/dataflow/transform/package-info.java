/** The steps that come with Penstock: decode, encode, filter, compute, mask, cast, rename, drop and flatten. */
@NullMarked
package dev.penstock.dataflow.transform;

import org.jspecify.annotations.NullMarked;
