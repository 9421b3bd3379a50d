package dev.penstock.embeddings;

import java.util.HashMap;
import java.util.Map;

/**
 * One loaded model for all transforms of the process that use it the same way, so that several of them take the memory
 * and the threads of one.
 */
final class SharedEmbedders {
    private static final Map<Key, Shared> OPEN = new HashMap<>();

    private SharedEmbedders() {}

    /** A use of an embedder; the embedder closes with the last of them. */
    static final class Lease implements AutoCloseable {
        private final Key key;
        private final Embedder embedder;
        private boolean closed;

        private Lease(Key key, Embedder embedder) {
            this.key = key;
            this.embedder = embedder;
        }

        Embedder embedder() {
            return embedder;
        }

        @Override
        public void close() {
            synchronized (OPEN) {
                if (!closed) {
                    closed = true;
                    release(key);
                }
            }
        }
    }

    static Lease acquire(Model model, Device device, int threads) {
        Key key = new Key(model.onnx().toString(), model.digest(), device, threads);
        synchronized (OPEN) {
            Shared shared = OPEN.get(key);
            if (shared == null) {
                shared = new Shared(Embedder.open(model, device, threads));
                OPEN.put(key, shared);
            }
            shared.uses++;
            return new Lease(key, shared.embedder);
        }
    }

    private static void release(Key key) {
        Shared shared = OPEN.get(key);
        if (shared != null && --shared.uses == 0) {
            OPEN.remove(key);
            shared.embedder.close();
        }
    }

    private record Key(String onnx, String digest, Device device, int threads) {}

    private static final class Shared {
        private final Embedder embedder;
        private int uses;

        Shared(Embedder embedder) {
            this.embedder = embedder;
        }
    }
}
