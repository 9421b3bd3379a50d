package dev.penstock.format.protobuf;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Links descriptors of files with those that they import; the well-known types are there. */
final class ProtoFiles {
    private static final List<FileDescriptor> WELL_KNOWN = List.of(
            TimestampProto.getDescriptor(),
            DurationProto.getDescriptor(),
            WrappersProto.getDescriptor(),
            StructProto.getDescriptor(),
            AnyProto.getDescriptor(),
            EmptyProto.getDescriptor(),
            FieldMaskProto.getDescriptor(),
            DescriptorProto.getDescriptor().getFile());

    private final Map<String, FileDescriptorProto> files;
    private final Map<String, FileDescriptor> linked = new HashMap<>();
    private final Deque<String> linking = new ArrayDeque<>();

    private ProtoFiles(Map<String, FileDescriptorProto> files) {
        this.files = files;
        WELL_KNOWN.forEach(file -> linked.put(file.getFullName(), file));
    }

    /**
     * The file with {@code text}, which may be the bytes of its descriptor in Base64, as some registries have it.
     *
     * @param references the texts of what it imports, by path
     * @throws IllegalArgumentException if one of them cannot be understood
     */
    static FileDescriptor ofText(String text, Map<String, String> references) {
        Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
        references.forEach((path, imported) -> files.put(path, file(path, imported)));
        String name = "record.proto";
        files.put(name, file(name, text));
        return new ProtoFiles(files).link(name);
    }

    private static FileDescriptorProto file(String name, String text) {
        try {
            return FileDescriptorProto.parseFrom(Base64.getDecoder().decode(text.strip())).toBuilder()
                    .setName(name)
                    .build();
        } catch (IllegalArgumentException | InvalidProtocolBufferException e) {
            return ProtoText.parse(name, text);
        }
    }

    /** All files of a descriptor set, as {@code protoc --descriptor_set_out --include_imports} writes it. */
    static List<FileDescriptor> ofSet(byte[] set) {
        Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
        try {
            FileDescriptorSet.parseFrom(set).getFileList().forEach(file -> files.put(file.getName(), file));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("it is no descriptor set: " + e.getMessage(), e);
        }
        ProtoFiles linker = new ProtoFiles(files);
        return files.keySet().stream().map(linker::link).toList();
    }

    private FileDescriptor link(String name) {
        FileDescriptor known = linked.get(name);
        if (known != null) {
            return known;
        }
        FileDescriptorProto file = Optional.ofNullable(files.get(name))
                .orElseThrow(() -> new IllegalArgumentException("it imports '" + name + "', which is not there"));
        if (linking.contains(name)) {
            throw new IllegalArgumentException("'" + name + "' imports itself");
        }
        linking.push(name);
        List<FileDescriptor> imports = new ArrayList<>();
        file.getDependencyList().forEach(imported -> imports.add(link(imported)));
        linking.pop();
        try {
            FileDescriptor made = FileDescriptor.buildFrom(file, imports.toArray(FileDescriptor[]::new));
            linked.put(name, made);
            return made;
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The message in {@code file} named {@code name}, by its full name or that in its package. */
    static Optional<Descriptor> message(FileDescriptor file, String name) {
        Deque<Descriptor> open = new ArrayDeque<>(file.getMessageTypes());
        while (!open.isEmpty()) {
            Descriptor message = open.pop();
            if (message.getFullName().equals(name) || message.getName().equals(name)) {
                return Optional.of(message);
            }
            message.getNestedTypes().forEach(open::add);
        }
        return Optional.empty();
    }
}
