package dev.penstock.embeddings;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Loads the native library of tokenizers.
 *
 * <p>A library file can be loaded by one class loader of a process only, and the file is always unpacked to the same
 * place. So the first loader takes that, and every other one unpacks a file of its own, which is removed once it is
 * loaded.
 */
final class TokenizersStart {
    private static final String UNPACKED_TO = "ENGINE_CACHE_DIR";
    private static final String TAKEN = "dev.penstock.embeddings.tokenizers";
    private static boolean started;

    private TokenizersStart() {}

    /** Loads it, unless this has been done. */
    static synchronized void start() throws IOException {
        if (started) {
            return;
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Asking for a graphics card starts a process, and the JDK's thread that waits for it keeps this for a minute.
        thread.setContextClassLoader(LibUtils.class.getClassLoader());
        try {
            startOnce();
        } finally {
            thread.setContextClassLoader(before);
        }
        started = true;
    }

    private static void startOnce() throws IOException {
        // The one object that the copies of this class in all loaders share.
        Properties shared = System.getProperties();
        synchronized (shared) {
            if (shared.setProperty(TAKEN, "true") == null) {
                LibUtils.checkStatus();
            } else {
                startFromOwnFile();
            }
        }
    }

    private static void startFromOwnFile() throws IOException {
        Path own = Files.createTempDirectory("penstock-tokenizers-");
        String before = System.setProperty(UNPACKED_TO, own.toString());
        try {
            LibUtils.checkStatus();
        } finally {
            if (before == null) {
                System.clearProperty(UNPACKED_TO);
            } else {
                System.setProperty(UNPACKED_TO, before);
            }
            remove(own);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
