package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Role;
import dev.penstock.spi.Search;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.Decoder;
import dev.penstock.spi.format.Encoder;
import java.util.Optional;

/** A source, sink, transform or search, where a rule does not care which. */
interface Parts extends AutoCloseable {
    /** Opens it. */
    void open(ConnectorContext context);

    @Override
    void close();

    /** The part for people and to look into. */
    Object part();

    /** A part of the connector, not open. */
    static Parts of(Connector connector, Role role, Config config) {
        return switch (role) {
            case SOURCE -> {
                Source source = connector.source(config);
                yield new Any(source, source::open, source::close);
            }
            case SINK -> {
                Sink sink = connector.sink(config);
                yield new Any(sink, sink::open, sink::close);
            }
            case TRANSFORM -> {
                Transform transform = connector.transform(config);
                yield new Any(transform, transform::open, transform::close);
            }
            case SEARCH -> {
                Search search = connector.search(config);
                yield new Any(search, search::open, search::close);
            }
            case DECODER -> {
                Decoder decoder = connector.decoder(config);
                yield new Any(decoder, decoder::open, decoder::close);
            }
            case ENCODER -> {
                Encoder encoder = connector.encoder(config);
                yield new Any(encoder, context -> encoder.open(context, Schema.of()), encoder::close);
            }
        };
    }

    /** A part of the connector under test, not open. */
    static Parts of(Trial trial, Config config) {
        return of(trial.connector(), trial.role(), config);
    }

    /** What making, and closing, a part with {@code config} threw. */
    static Optional<RuntimeException> make(Trial trial, Config config) {
        try {
            of(trial, config).close();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    /** Any part. */
    record Any(Object part, Opening opening, Runnable closing) implements Parts {
        @Override
        public void open(ConnectorContext context) {
            opening.open(context);
        }

        @Override
        public void close() {
            closing.run();
        }
    }

    /** Opens a part. */
    @FunctionalInterface
    interface Opening {
        /** Opens it. */
        void open(ConnectorContext context);
    }
}
