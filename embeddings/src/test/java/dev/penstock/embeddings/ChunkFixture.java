package dev.penstock.embeddings;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.LocalFixture;
import dev.penstock.conformance.TransformSide;
import dev.penstock.conformance.Variant;
import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nothing is outside but the tokenizer, and that is on the class path. */
final class ChunkFixture implements LocalFixture, TransformSide {
    private static final Map<String, Object> ABSENT = Map.of("model", "no-such-model");

    @Override
    public Connector connector() {
        return new ChunkConnector();
    }

    @Override
    public Optional<Map<String, Object>> settings(Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
        return switch (variant) {
            case VALID -> Optional.of(Map.of("max-tokens", 32, "overlap", 8));
            case MISSING_OBJECT -> Optional.of(ABSENT);
            case WRONG_HOST, WRONG_PORT, WRONG_CREDENTIALS, MISSING_PRIVILEGE -> Optional.empty();
        };
    }

    @Override
    public Inventory inventory() {
        return new Inventory(Set.of(), Set.of());
    }

    @Override
    public Packaging packaging(Path directory) {
        return TestModels.withModel(LocalFixture.super.packaging(directory));
    }

    @Override
    public TransformSide transform() {
        return this;
    }

    @Override
    public Optional<String> vectors() {
        return Optional.empty();
    }

    @Override
    public Set<String> changed() {
        return Set.of(TransformSide.TEXT);
    }

    @Override
    public Optional<Limit> limit() {
        return Optional.empty();
    }

    @Override
    public List<BrokenSettings> broken() {
        return List.of(new BrokenSettings("a model that is not there", ABSENT, "no-such-model"));
    }
}
