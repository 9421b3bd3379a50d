/** The engines that rules run pipelines on. */
@NullMarked
package dev.penstock.conformance.engine;

import org.jspecify.annotations.NullMarked;
