package dev.penstock.format.registry;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import java.util.List;

/** What can be wrong about a registry and is not mended by asking again, each with its remedy. */
final class RegistryProblems {
    private static final String REGISTRY = RegistrySettings.REGISTRY.name();

    private RegistryProblems() {}

    static ConfigException notAnAddress(String text) {
        return problem(
                Problem.Code.INVALID,
                "'" + text + "' is not the URL of a registry",
                "give one such as http://localhost:8081");
    }

    static ConfigException refused(String place, int status) {
        return problem(
                Problem.Code.CREDENTIALS,
                "the registry at " + place + " refuses these credentials with status " + status,
                "check registry-user and registry-password, or registry-token, and what they may do");
    }

    static ConfigException notARegistry(String place, int status) {
        return problem(
                Problem.Code.NOT_FOUND,
                "what answers at " + place + " with status " + status + " is not a schema registry",
                "give the root of the registry's API, for example http://localhost:8081");
    }

    static ConfigException noSubject(String subject, String place) {
        return problem(
                Problem.Code.NOT_FOUND,
                "the registry at " + place + " does not have subject '" + subject + "', or not in that version",
                "check subject, register the schema, or let auto-register do it");
    }

    static ConfigException notRegistered(String subject, String place) {
        return problem(
                Problem.Code.NOT_FOUND,
                "the registry at " + place + " does not have this schema under subject '" + subject + "'",
                "register it, or set auto-register to true");
    }

    static ConfigException incompatible(String subject, String message) {
        return problem(
                Problem.Code.INCOMPATIBLE,
                "the registry takes no such schema for subject '" + subject + "': " + message,
                "change the columns back, write to another subject, or change the subject's compatibility");
    }

    static ConfigException unexpected(String place, String what) {
        return problem(
                Problem.Code.INVALID, "the registry at " + place + " answers " + what, "check its version and logs");
    }

    static ConfigException unreadable(String file, String why) {
        return problem(Problem.Code.INVALID, "cannot use '" + file + "' for TLS: " + why, "give a PEM file");
    }

    private static ConfigException problem(Problem.Code code, String reason, String remedy) {
        return new ConfigException(List.of(Problem.error(REGISTRY, code, reason, remedy)));
    }
}
