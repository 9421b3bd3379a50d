@NullMarked
package dev.penstock.connector.iceberg;

import org.jspecify.annotations.NullMarked;
