package dev.penstock.dataflow.transform;

import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.Secret;
import java.util.List;

/** {@code mask}: hides values, by a keyed hash, in part or whole. */
public final class MaskConnector implements Connector {
    static final ConfigKey<List<String>> FIELDS = ConfigKey.strings(
                    "fields", "The columns to mask, of strings or bytes; a.b for a field of a struct")
            .require()
            .example("[email, address.street]");

    static final ConfigKey<Method> METHOD = ConfigKey.choice("method", Method.class, "How a value is hidden")
            .require()
            .example("hash");

    static final ConfigKey<Secret> SALT = ConfigKey.secret(
                    "salt", "The key of the hash; the same key gives the same hash, so that masked columns still join")
            .example("secret://env/MASK_SALT");

    static final ConfigKey<Integer> KEEP = ConfigKey.integer(
                    "keep", "How many characters at the end of a partly masked value stay")
            .defaultValue(4)
            .min(0)
            .max(1_000);

    static final ConfigKey<String> WITH = ConfigKey.string("with", "What stands in the place of a redacted value")
            .defaultValue("***");

    private static final ConfigSpec SPEC = ConfigSpec.builder()
            .keys(FIELDS, METHOD, SALT, KEEP, WITH)
            .whenRequire(METHOD, Method.HASH, SALT)
            .whenForbid(METHOD, Method.HASH, KEEP, WITH)
            .whenForbid(METHOD, Method.PARTIAL, SALT, WITH)
            .whenForbid(METHOD, Method.REDACT, SALT, KEEP)
            .build();

    /** How a value is hidden. */
    enum Method {
        /** HMAC-SHA-256 in hexadecimal. */
        HASH,
        /** Stars, and the last characters as they are. */
        PARTIAL,
        /** The same text for every value. */
        REDACT
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return BuiltIn.descriptor("mask", "Hides values by hash, in part or whole", SPEC);
    }

    @Override
    public Transform transform(Config config) {
        return new MaskTransform(config);
    }
}
