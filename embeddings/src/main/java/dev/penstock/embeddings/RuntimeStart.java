package dev.penstock.embeddings;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Starts ONNX Runtime on a thread with a deep stack.
 *
 * <p>Version 1.29.0 matches the whole command line of the process against an expression whose matching recurses for
 * every character. A class path of some 5,000 characters overflows a stack of the usual 1 MiB, which ends the process
 * without a word (seen with 1.29.0 on Linux).
 *
 * <p>It registers a shutdown hook, whose thread keeps the context class loader of the thread that made it and the
 * classes of all who called it, for the life of the process. So the thread knows of this class's loader alone, which
 * the loaders of the connector share.
 */
final class RuntimeStart implements Supplier<OrtEnvironment> {
    // About 200 bytes a character were seen; the kernel takes arguments of up to 128 KiB each.
    private static final long STACK_BYTES = 256L << 20;

    /** The environment of the process. */
    @Override
    @SuppressWarnings("removal") // nothing else keeps a new thread from remembering who called
    public OrtEnvironment get() {
        return AccessController.doPrivileged((PrivilegedAction<OrtEnvironment>) RuntimeStart::started);
    }

    private static OrtEnvironment started() {
        FutureTask<OrtEnvironment> start =
                new FutureTask<>(() -> OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR));
        Thread thread = new Thread(null, start, "onnxruntime-start", STACK_BYTES);
        thread.setContextClassLoader(RuntimeStart.class.getClassLoader());
        thread.start();
        return joined(start);
    }

    private static OrtEnvironment joined(FutureTask<OrtEnvironment> start) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return start.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unchecked(Objects.requireNonNullElse(e.getCause(), e));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What starting threw, to be handled where it would have been without the thread. */
    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
    }
}
