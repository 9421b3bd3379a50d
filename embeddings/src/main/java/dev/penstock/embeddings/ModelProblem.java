package dev.penstock.embeddings;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;

/** Makes the exceptions about the setting that names a model. */
final class ModelProblem {
    static final String SETTING = "model";

    private ModelProblem() {}

    static ConfigException notFound(String reason, String remedy) {
        return new ConfigException(SETTING, Problem.Code.NOT_FOUND, reason, remedy);
    }

    static ConfigException unusable(String reason, String remedy) {
        return new ConfigException(SETTING, Problem.Code.INVALID, reason, remedy);
    }

    static ConfigException unusable(String reason, String remedy, Throwable cause) {
        ConfigException exception = unusable(reason + ": " + cause.getMessage(), remedy);
        exception.initCause(cause);
        return exception;
    }
}
