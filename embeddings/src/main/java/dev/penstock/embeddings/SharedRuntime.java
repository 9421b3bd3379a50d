package dev.penstock.embeddings;

import ai.onnxruntime.OrtEnvironment;
import java.lang.reflect.Constructor;
import java.util.function.Supplier;

/** ONNX Runtime as all loaders of this connector share it, if they do: {@code META-INF/penstock/shared-packages}. */
final class SharedRuntime {
    /** By name: what comes from another loader is in another package of the same name, where nothing may be called. */
    private static final String START = "dev.penstock.embeddings.RuntimeStart";

    private SharedRuntime() {}

    /** The environment of the process. */
    static OrtEnvironment environment() {
        try {
            Constructor<?> constructor = Class.forName(START).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (OrtEnvironment) ((Supplier<?>) constructor.newInstance()).get();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot start ONNX Runtime: " + e, e);
        }
    }
}
