package dev.penstock.dataflow.format;

import dev.penstock.dataflow.format.EventReader.Range;

/** How the messages of a topic of Kafka Connect are written. Not thread safe. */
interface MessageForm {
    /** As JSON, with their schemas or without. */
    MessageForm JSON = new MessageForm() {
        @Override
        public Range json(Range message) {
            return message;
        }

        @Override
        public ConnectType type(Object schema) {
            return ConnectType.parse(schema);
        }
    };

    /**
     * A message as JSON, valid until the next one.
     *
     * @throws ValueException if it cannot be read
     */
    Range json(Range message);

    /** The type that {@code schema}, of a message that {@link #json} has given, describes. */
    ConnectType type(Object schema);
}
