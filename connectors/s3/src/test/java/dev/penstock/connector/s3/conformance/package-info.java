/** What the conformance kit needs to know of S3. */
@NullMarked
package dev.penstock.connector.s3.conformance;

import org.jspecify.annotations.NullMarked;
