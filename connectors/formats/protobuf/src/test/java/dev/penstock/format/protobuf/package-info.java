@NullMarked
package dev.penstock.format.protobuf;

import org.jspecify.annotations.NullMarked;
