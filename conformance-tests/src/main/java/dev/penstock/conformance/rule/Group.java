package dev.penstock.conformance.rule;

import java.util.Locale;

/** What a rule is about; groups run in this order. */
public enum Group {
    CONFIGURATION("CF"),
    LIFECYCLE("LC"),
    DISCOVERY("SD"),
    SOURCE("SP"),
    SINK("SA"),
    TRANSACTIONS("ST"),
    ERRORS("ER"),
    CONCURRENCY("CC"),
    TRANSFORM("EM");

    private final String prefix;

    Group(String prefix) {
        this.prefix = prefix;
    }

    /** The letters that the ids of its rules begin with. */
    public String prefix() {
        return prefix;
    }

    /** The group of the rule {@code id}. */
    public static Group of(String id) {
        for (Group group : values()) {
            if (id.startsWith(group.prefix + "-")) {
                return group;
            }
        }
        throw new IllegalArgumentException("Cannot tell the group of rule '" + id + "'");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
