@NullMarked
package dev.penstock.connector.files;

import org.jspecify.annotations.NullMarked;
