package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.penstock.format.registry.RegisteredSchema;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The message that a pipeline names, in a file that it gives or in what is registered. */
final class GivenMessage {
    static final ConfigKey<Path> SCHEMA_FILE = ConfigKey.path(
                    "schema-file", "A .proto file without imports of others, or a descriptor set, with the message")
            .example("order.proto");
    static final ConfigKey<String> MESSAGE = ConfigKey.string(
                    "message", "The name of the message; the first of the file if not given")
            .example("shop.Order");

    private GivenMessage() {}

    /** The message of the file that {@code config} gives, if it does. */
    static Optional<Descriptor> of(Config config) {
        return config.find(SCHEMA_FILE)
                .map(config.baseDirectory()::resolve)
                .map(file -> message(files(file), config.find(MESSAGE), file.toString()));
    }

    private static List<FileDescriptor> files(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return file.toString().endsWith(".proto")
                    ? List.of(ProtoFiles.ofText(new String(bytes, StandardCharsets.UTF_8), Map.of()))
                    : ProtoFiles.ofSet(bytes);
        } catch (IOException e) {
            throw problem(Problem.Code.NOT_FOUND, "'" + file + "' cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            throw problem(Problem.Code.INVALID, "'" + file + "' cannot be used: " + e.getMessage());
        }
    }

    /** The message in what {@code registered} describes. */
    static Descriptor of(RegisteredSchema registered, Optional<String> name) {
        if (registered.kind() != RegisteredSchema.Kind.PROTOBUF) {
            throw problem(
                    Problem.Code.INCOMPATIBLE, "the registered schema is " + registered.kind() + ", not PROTOBUF");
        }
        try {
            return message(List.of(file(registered)), name, "schema " + registered.id());
        } catch (IllegalArgumentException e) {
            throw problem(Problem.Code.INVALID, "schema " + registered.id() + " cannot be used: " + e.getMessage());
        }
    }

    /**
     * The file that {@code registered} is.
     *
     * @throws IllegalArgumentException if it cannot be understood
     */
    static FileDescriptor file(RegisteredSchema registered) {
        return ProtoFiles.ofText(registered.text(), registered.references());
    }

    private static Descriptor message(List<FileDescriptor> files, Optional<String> name, String place) {
        // The last file of a set is the one that was compiled, behind those that it imports.
        FileDescriptor main = files.get(files.size() - 1);
        Optional<Descriptor> found = name.isEmpty()
                ? main.getMessageTypes().stream().findFirst()
                : files.stream()
                        .flatMap(file -> ProtoFiles.message(file, name.get()).stream())
                        .findFirst();
        return found.orElseThrow(() -> problem(
                Problem.Code.NOT_FOUND,
                place + " has no message" + name.map(one -> " '" + one + "'").orElse("")));
    }

    private static ConfigException problem(Problem.Code code, String reason) {
        return new ConfigException(
                List.of(Problem.error(SCHEMA_FILE.name(), code, reason, "give another file, subject or message")));
    }
}
