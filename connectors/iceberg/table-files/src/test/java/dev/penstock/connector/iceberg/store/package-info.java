@NullMarked
package dev.penstock.connector.iceberg.store;

import org.jspecify.annotations.NullMarked;
