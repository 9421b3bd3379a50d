/** Text to chunks to vectors with a local ONNX model. */
@NullMarked
package dev.penstock.embeddings;

import org.jspecify.annotations.NullMarked;
