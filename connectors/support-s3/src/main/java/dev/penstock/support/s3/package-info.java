/** How S3 is reached: settings, clients of the SDK, and what its failures mean. */
@NullMarked
package dev.penstock.support.s3;

import org.jspecify.annotations.NullMarked;
