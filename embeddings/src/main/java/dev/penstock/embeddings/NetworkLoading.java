package dev.penstock.embeddings;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/** Gets the bytes of a network into a session. */
final class NetworkLoading {
    private NetworkLoading() {}

    static OrtSession session(OrtEnvironment environment, ModelFile file, OrtSession.SessionOptions options)
            throws OrtException {
        Optional<Path> path = file.path();
        if (path.isPresent()) {
            return environment.createSession(path.get().toString(), options);
        }
        try {
            return environment.createSession(read(file), options);
        } catch (IOException e) {
            throw ModelProblem.unusable("Cannot read network '" + file + "'", "restore the jar", e);
        } catch (OutOfMemoryError e) {
            throw ModelProblem.unusable(
                    "Cannot hold network '" + file + "' in memory", "raise -Xmx or -XX:MaxDirectMemorySize", e);
        }
    }

    // Outside of the heap, so that a small heap is enough for a large model.
    private static ByteBuffer read(ModelFile file) throws IOException {
        long size = file.stamp().map(ModelFile.Stamp::size).orElse(-1L);
        if (size < 0 || size > Integer.MAX_VALUE) {
            return ByteBuffer.wrap(file.readAll());
        }
        ByteBuffer content = ByteBuffer.allocateDirect((int) size);
        try (InputStream stream = file.open();
                ReadableByteChannel channel = Channels.newChannel(stream)) {
            while (content.hasRemaining() && channel.read(content) >= 0) {
                // reads on
            }
        }
        return content.flip();
    }
}
