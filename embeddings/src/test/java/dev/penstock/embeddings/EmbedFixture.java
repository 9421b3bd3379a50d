package dev.penstock.embeddings;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.LocalFixture;
import dev.penstock.conformance.TransformSide;
import dev.penstock.conformance.Variant;
import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Directories of models that cannot work; the model that works is on the class path. */
final class EmbedFixture implements LocalFixture, TransformSide {
    /** A text of so many words {@code a} takes the model's 256 tokens, of which two are special ones. */
    private static final Limit LIMIT = new Limit(254, Optional.of("truncated"));

    private final Path directory;

    EmbedFixture(Path directory) {
        this.directory = directory;
    }

    @Override
    public Connector connector() {
        return new EmbedConnector();
    }

    @Override
    public Optional<Map<String, Object>> settings(Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
        return switch (variant) {
            case VALID -> Optional.of(with("into", "vector"));
            case MISSING_OBJECT -> Optional.of(with("model", "no-such-model"));
            case WRONG_HOST, WRONG_PORT, WRONG_CREDENTIALS, MISSING_PRIVILEGE -> Optional.empty();
        };
    }

    private static Map<String, Object> with(String setting, Object value) {
        Map<String, Object> settings = new HashMap<>(Map.of("field", "text", "truncated", "truncated"));
        settings.put(setting, value);
        return settings;
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
        return Optional.of("vector");
    }

    @Override
    public Optional<Limit> limit() {
        return Optional.of(LIMIT);
    }

    @Override
    public List<BrokenSettings> broken() {
        return List.of(
                new BrokenSettings("a model that is not there", with("model", "no-such-model"), "no-such-model"),
                new BrokenSettings(
                        "a network that is none", with("model", model("broken", new byte[] {1, 2})), "broken"),
                new BrokenSettings(
                        "a network that lacks a tensor",
                        with("model", model("images", TinyNetwork.of("pixels", "last_hidden_state", 1, 384))),
                        "pixels"),
                new BrokenSettings("more dimensions than there are", with("dimensions", 500), "384"),
                new BrokenSettings("an accelerator that is not there", with("device", "cuda"), "cuda"));
    }

    /** A directory with {@code network} and a tokenizer that works. */
    private String model(String name, byte[] network) {
        Path model = directory.resolve(name);
        try (InputStream tokenizer =
                EmbedFixture.class.getResourceAsStream("/" + TestModels.QUANTISED + "-tokenizer.json")) {
            Files.createDirectories(model);
            Files.write(model.resolve("model.onnx"), network);
            Files.write(
                    model.resolve("tokenizer.json"),
                    Objects.requireNonNull(tokenizer).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return model.toString();
    }
}
