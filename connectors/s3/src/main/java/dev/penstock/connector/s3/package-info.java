/** Objects in buckets of S3, and of what speaks its protocol, read and written exactly once. */
@NullMarked
package dev.penstock.connector.s3;

import org.jspecify.annotations.NullMarked;
