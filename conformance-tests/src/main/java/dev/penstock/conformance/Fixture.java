package dev.penstock.conformance;

import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One outside system, and in it a place that belongs to one rule alone: what the author of a connector writes for the
 * kit, in about 150 lines.
 *
 * <p><b>Order of calls:</b> made for one rule by a {@link FixtureProvider}, used, closed. {@link #close} leaves nothing
 * of the place behind.
 *
 * <p><b>Threads:</b> any, also several at once: rules read while they write.
 *
 * <p>A method that a fixture does not override throws {@link MissingHook}; the rules that need it are then reported as
 * skipped by that hook's name, and block the badge. A part that the connector has no use for is said to be so by what
 * the methods give: no {@link #endpoint} means that there is no network, an empty {@link #settings} that the variant
 * cannot happen.
 */
public interface Fixture extends AutoCloseable {
    /** The connector under test. */
    Connector connector();

    /**
     * The settings of a step as a pipeline file would say them: text, numbers, booleans, lists and maps. Secrets are
     * given so that the kit can tell them: see {@link #secrets}.
     *
     * @param endpoint where to connect to: {@link #endpoint}, or a relay that the kit has put before it
     * @return empty if the variant cannot happen with this connector
     */
    Optional<Map<String, Object>> settings(Role role, Variant variant, Optional<InetSocketAddress> endpoint);

    /** Where the system listens; empty if the connector talks to no network. */
    Optional<InetSocketAddress> endpoint();

    /** Texts that nobody but the system may ever see. */
    default Iterable<String> secrets() {
        throw new MissingHook("Fixture.secrets");
    }

    /** Everything outside that belongs to this place now. */
    default Inventory inventory() {
        throw new MissingHook("Fixture.inventory");
    }

    /** The other side of a source. */
    default SourceSide source() {
        throw new MissingHook("Fixture.source");
    }

    /** The other side of a sink. */
    default SinkSide sink() {
        throw new MissingHook("Fixture.sink");
    }

    /** The other side of a transform. */
    default TransformSide transform() {
        throw new MissingHook("Fixture.transform");
    }

    /**
     * What is shipped of the connector; worked out from where its class is unless the fixture knows better.
     *
     * @param directory takes a jar if there is none yet
     */
    default Packaging packaging(Path directory) {
        return Packaging.of(connector().getClass(), directory);
    }

    @Override
    void close();
}
