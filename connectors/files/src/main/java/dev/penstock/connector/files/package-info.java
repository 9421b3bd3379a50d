/** Documents, lines and records in local files, read and written exactly once. */
@NullMarked
package dev.penstock.connector.files;

import org.jspecify.annotations.NullMarked;
