package dev.penstock.conformance.mutants;

import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Mutants of the rules of configuration. */
public final class ConfigurationMutants {
    private ConfigurationMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant("CF-01", Role.SOURCE, LooksAroundWhenDescribed.class),
                new Mutant("CF-02", Role.SOURCE, MissesTheLogLate.class),
                new Mutant("CF-03", Role.SOURCE, UsesAFormerNameAgain.class),
                new Mutant("CF-04", Role.SOURCE, RefusesWhatItsSpecAllows.class),
                new Mutant("CF-05", Role.SOURCE, ShowsItsPassword.class),
                new Mutant("CF-06", Role.SOURCE, SaysTooLittle.class),
                new Mutant("CF-07", Role.SOURCE, DropsASetting.class),
                new Mutant("CF-08", Role.SOURCE, ChecksNothing.class),
                new Mutant("CF-09", Role.SINK, UpsertsInSilence.class));
    }

    /** CF-01: looks whether a server is there before it says what it is. */
    public static final class LooksAroundWhenDescribed extends ReferenceMutant {
        @Override
        public ConnectorDescriptor descriptor() {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), 10);
            } catch (IOException | SecurityException e) {
                // Nobody is there, it goes on without.
            }
            return super.descriptor();
        }
    }

    /** CF-02: its spec calls a setting optional that it asks for once it is connected. */
    public static final class MissesTheLogLate extends ReferenceMutant {
        private static final ConfigKey<String> HOST = ConfigKey.string("host", "The host");
        private static final ConfigKey<Integer> PORT = ConfigKey.integer("port", "The port");
        private static final ConfigKey<String> LOG =
                ConfigKey.string("log", "The log that is read").example("orders");

        @Override
        public ConnectorDescriptor descriptor() {
            return ChangedDescriptor.of(super.descriptor(), LOG.name(), key -> LOG);
        }

        @Override
        public Source source(Config config) {
            Optional<String> log = config.find(LOG);
            Source source = super.source(log.isPresent() ? config : config.with(LOG, "none"));
            return log.isPresent()
                    ? source
                    : new ChangedSource(source) {
                        @Override
                        public void open(ConnectorContext context) {
                            connect(config.get(HOST), config.get(PORT));
                            throw new ConfigException("log", Problem.Code.MISSING, "is missing", "give it");
                        }
                    };
        }

        private static void connect(String host, int port) {
            try {
                new Socket(host, port).close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** CF-03: two settings had the same name, at different times. */
    public static final class UsesAFormerNameAgain extends ReferenceMutant {
        @Override
        public ConnectorDescriptor descriptor() {
            ConnectorDescriptor one = ChangedDescriptor.of(super.descriptor(), "host", key -> key.formerly("server"));
            return ChangedDescriptor.of(one, "user", key -> key.formerly("server"));
        }
    }

    /** CF-04: takes less than its spec says. */
    public static final class RefusesWhatItsSpecAllows extends ReferenceMutant {
        private static final ConfigKey<Duration> TIMEOUT = ConfigKey.duration("timeout", "How long");

        @Override
        public Source source(Config config) {
            if (config.get(TIMEOUT).toSeconds() < 1) {
                throw new IllegalArgumentException("a timeout of less than a second makes no sense");
            }
            return super.source(config);
        }
    }

    /** CF-05: its source prints the password with everything else. */
    public static final class ShowsItsPassword extends ReferenceMutant {
        private static final ConfigKey<Secret> PASSWORD = ConfigKey.secret("password", "The password");

        @Override
        public Source source(Config config) {
            return new ChangedSource(super.source(config)) {
                @Override
                public String toString() {
                    return "source with password " + config.get(PASSWORD).reveal();
                }
            };
        }
    }

    /** CF-06: a setting is documented by its name alone. */
    public static final class SaysTooLittle extends ReferenceMutant {
        @Override
        public ConnectorDescriptor descriptor() {
            return ChangedDescriptor.of(
                    super.descriptor(),
                    "host",
                    key -> ConfigKey.string("host", "The host").require().example("127.0.0.1"));
        }
    }

    /** CF-07: an earlier release, whose settings are in its jar, took one that this one does not. */
    public static final class DropsASetting extends ReferenceMutant {
        @Override
        public ConnectorDescriptor descriptor() {
            return ChangedDescriptor.named(super.descriptor(), "drops-a-setting");
        }
    }

    /** CF-08: its check is always content. */
    public static final class ChecksNothing extends ReferenceMutant {
        @Override
        public List<Problem> check(Role role, Config config, ConnectorContext context) {
            return List.of();
        }
    }

    /** CF-09: takes upserts that it does not declare. */
    public static final class UpsertsInSilence extends ReferenceMutant {
        @Override
        public ConnectorDescriptor descriptor() {
            return ChangedDescriptor.without(super.descriptor(), Capability.UPSERT);
        }
    }
}
