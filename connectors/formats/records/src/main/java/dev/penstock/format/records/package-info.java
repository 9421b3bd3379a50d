/** What connectors share that read and write files or objects of encoded records. */
@NullMarked
package dev.penstock.format.records;

import org.jspecify.annotations.NullMarked;
