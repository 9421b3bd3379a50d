package dev.penstock.conformance;

/** How the settings that a fixture gives are right or wrong. */
public enum Variant {
    /** All is as it should be. */
    VALID,
    /** The system is not where the settings say: another host, or a directory that does not exist. */
    WRONG_HOST,
    /** The port of the system is closed. */
    WRONG_PORT,
    /** The credentials are refused. */
    WRONG_CREDENTIALS,
    /** The credentials are accepted, and allow too little. */
    MISSING_PRIVILEGE,
    /** The topic, table or file that the settings name does not exist, and is not the connector's to make. */
    MISSING_OBJECT
}
