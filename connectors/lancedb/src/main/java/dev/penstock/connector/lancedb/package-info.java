/** LanceDB tables, written exactly once, read and searched. */
@NullMarked
package dev.penstock.connector.lancedb;

import org.jspecify.annotations.NullMarked;
