/** Topics of Kafka, read and written exactly once. */
@NullMarked
package dev.penstock.connector.kafka;

import org.jspecify.annotations.NullMarked;
