package dev.penstock.format.registry;

/** How the subject of a schema is named. */
public enum SubjectNaming {
    /** After the topic: {@code <topic>-value}. */
    TOPIC {
        @Override
        public String subject(String topic, String recordName) {
            return topic + "-value";
        }
    },
    /** After the topic, for keys: {@code <topic>-key}. */
    TOPIC_KEY {
        @Override
        public String subject(String topic, String recordName) {
            return topic + "-key";
        }
    },
    /** After the full name of the record: {@code <record>}. */
    RECORD {
        @Override
        public String subject(String topic, String recordName) {
            return recordName;
        }
    },
    /** After both: {@code <topic>-<record>}. */
    TOPIC_RECORD {
        @Override
        public String subject(String topic, String recordName) {
            return topic + "-" + recordName;
        }
    };

    /** The subject of a record in a topic. */
    public abstract String subject(String topic, String recordName);
}
