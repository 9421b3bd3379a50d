/** Records in Avro: schemas compiled into readers and writers of columns. */
@NullMarked
package dev.penstock.format.avro;

import org.jspecify.annotations.NullMarked;
