/** Files of this machine as tables have them. */
@NullMarked
package dev.penstock.connector.iceberg.io;

import org.jspecify.annotations.NullMarked;
