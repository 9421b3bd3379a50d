package dev.penstock.conformance.rules;

import org.jspecify.annotations.Nullable;

/** A record that {@link RecordCaches} defines anew each time; has components of the kinds that Java keeps apart. */
record CacheFiller(@Nullable CacheFiller inner, String text, int number, long large, boolean flag, double fraction) {}
