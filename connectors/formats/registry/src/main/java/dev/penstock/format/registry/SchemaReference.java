package dev.penstock.format.registry;

/**
 * A schema that another one uses.
 *
 * @param name by which it is used: the full name of an Avro type, the path of a Protobuf import
 */
public record SchemaReference(String name, String subject, int version) {}
