/** What Iceberg shows in its own package alone. */
@NullMarked
package org.apache.iceberg.parquet;

import org.jspecify.annotations.NullMarked;
