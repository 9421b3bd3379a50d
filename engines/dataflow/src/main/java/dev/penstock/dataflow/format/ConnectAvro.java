package dev.penstock.dataflow.format;

import dev.penstock.format.registry.AvroInput;

/**
 * What a converter of Kafka Connect writes in Avro.
 *
 * @param type of the value in Connect, as its schema would say it in a message of JSON
 * @param json writes a value as the converter for JSON would have
 * @param smallest how many bytes a value takes at least
 */
record ConnectAvro(ConnectType type, Json json, int smallest) {
    /** Writes values as JSON. */
    @FunctionalInterface
    interface Json {
        /**
         * Takes the value that is next in {@code in}.
         *
         * @throws ValueException if it is no text
         * @throws dev.penstock.spi.format.BadRecordException if it cannot be read
         */
        void write(AvroInput in, ByteOutput out);
    }
}
