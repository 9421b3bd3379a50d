package dev.penstock.connector.s3;

import java.time.Instant;

/** An object as a listing shows it. */
record ObjectVersion(String key, String etag, long size, Instant modified) {}
