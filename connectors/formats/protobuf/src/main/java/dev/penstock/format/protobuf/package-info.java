/** Records in Protocol Buffers: messages compiled into readers and writers of columns. */
@NullMarked
package dev.penstock.format.protobuf;

import org.jspecify.annotations.NullMarked;
