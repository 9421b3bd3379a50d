package dev.penstock.connector.s3;

/** What a sink writes to while it is open. */
record Target(SinkSettings settings, Bucket bucket, String sinkId, long generation) {
    OwnerObject owner(String sink) {
        return new OwnerObject(bucket, settings.connection().prefix(), sink, generation);
    }

    /** The key of an object in a directory below the prefix, which is empty or ends with a slash. */
    String key(String directory, String name) {
        return settings.connection().prefix() + directory + name;
    }

    String shown() {
        return settings.connection().shown();
    }
}
