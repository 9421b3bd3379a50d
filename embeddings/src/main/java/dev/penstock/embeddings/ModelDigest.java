package dev.penstock.embeddings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** SHA-256 over the files of a model; computed once a process for files that do not change. */
final class ModelDigest {
    private static final Map<List<String>, String> KNOWN = new ConcurrentHashMap<>();
    private static final int BUFFER_BYTES = 1 << 16;

    private ModelDigest() {}

    static String of(Model model) {
        List<ModelFile> files = new ArrayList<>();
        files.add(model.onnx());
        files.addAll(model.weights());
        files.add(model.tokenizer());
        try {
            List<String> identity = new ArrayList<>();
            for (ModelFile file : files) {
                identity.add(identity(file));
            }
            String known = KNOWN.get(identity);
            return known != null ? known : remember(identity, compute(files));
        } catch (IOException e) {
            throw ModelProblem.unusable(
                    "Cannot read model '" + model.onnx() + "'", "check that its files are complete and readable", e);
        }
    }

    private static String remember(List<String> identity, String digest) {
        KNOWN.put(identity, digest);
        return digest;
    }

    private static String identity(ModelFile file) throws IOException {
        if (file.path().isEmpty()) {
            return file + " " + file.stamp();
        }
        Path path = file.path().get();
        return path + " " + Files.size(path) + " " + Files.getLastModifiedTime(path);
    }

    private static String compute(List<ModelFile> files) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (ModelFile file : files) {
            try (InputStream content = file.open()) {
                for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot find SHA-256, which every Java platform has", e);
        }
    }
}
