@NullMarked
package dev.penstock.connector.s3;

import org.jspecify.annotations.NullMarked;
