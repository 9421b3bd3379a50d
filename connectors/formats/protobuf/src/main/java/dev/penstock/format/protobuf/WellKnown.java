package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;

/** Messages that mean more than their fields say. */
enum WellKnown {
    /** A point in time. */
    TIMESTAMP,
    /** A scalar that may be missing. */
    WRAPPER,
    /** Any JSON. */
    JSON,
    /** Any other message. */
    NONE;

    static WellKnown of(Descriptor message) {
        return switch (message.getFullName()) {
            case "google.protobuf.Timestamp" -> TIMESTAMP;
            case "google.protobuf.DoubleValue",
                    "google.protobuf.FloatValue",
                    "google.protobuf.Int64Value",
                    "google.protobuf.UInt64Value",
                    "google.protobuf.Int32Value",
                    "google.protobuf.UInt32Value",
                    "google.protobuf.BoolValue",
                    "google.protobuf.StringValue",
                    "google.protobuf.BytesValue" -> WRAPPER;
            case "google.protobuf.Struct", "google.protobuf.Value", "google.protobuf.ListValue" -> JSON;
            default -> NONE;
        };
    }
}
