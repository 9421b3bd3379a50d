package dev.penstock.connector.s3.access;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;

/** Who asks. */
public sealed interface S3Login {
    /** Whoever the machine knows: from the environment, profile files, its container or instance. */
    record Machine() implements S3Login {}

    /** Nobody: requests are not signed. */
    record Anonymous() implements S3Login {}

    /**
     * Who has a key. Secrets are asked for with every request, so that a key that was replaced is taken up at once.
     *
     * @param session the token that goes with a key that is valid for some time
     */
    record Key(String id, Supplier<String> secret, Optional<Supplier<String>> session) implements S3Login {
        public Key {
            requireNonNull(id, "id");
            requireNonNull(secret, "secret");
            requireNonNull(session, "session");
        }
    }
}
