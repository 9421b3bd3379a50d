/** Where the files of tables are: directories of this machine, and buckets of S3. */
@NullMarked
package dev.penstock.connector.iceberg.store;

import org.jspecify.annotations.NullMarked;
