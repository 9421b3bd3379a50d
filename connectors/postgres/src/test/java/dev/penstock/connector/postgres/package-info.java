@NullMarked
package dev.penstock.connector.postgres;

import org.jspecify.annotations.NullMarked;
