/** How S3 is reached: settings, clients of the SDK, and what its failures mean. */
@NullMarked
package dev.penstock.connector.s3.access;

import org.jspecify.annotations.NullMarked;
