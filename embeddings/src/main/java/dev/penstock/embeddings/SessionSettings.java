package dev.penstock.embeddings;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import org.jspecify.annotations.Nullable;

/** How sessions of ONNX Runtime are set up. */
final class SessionSettings {
    private SessionSettings() {}

    static OrtSession.SessionOptions options(Device device) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        try {
            // We run several batches side by side instead of cutting one batch into pieces: no waiting for each other.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // Plans memory once per shape, and nearly every batch has another shape.
            options.setMemoryPatternOptimization(false);
            if (device == Device.CUDA) {
                addCuda(options);
            }
            return options;
        } catch (OrtException | RuntimeException e) {
            options.close();
            throw e;
        }
    }

    private static void addCuda(OrtSession.SessionOptions options) {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw noCuda("the ONNX Runtime on the class path is the build for processors", null);
        }
        try {
            options.addCUDA();
        } catch (OrtException e) {
            throw noCuda(String.valueOf(e.getMessage()), e);
        }
    }

    private static ConfigException noCuda(String reason, @Nullable Throwable cause) {
        ConfigException exception = new ConfigException(
                "device",
                Problem.Code.UNSUPPORTED,
                "Cannot use device 'cuda': " + reason,
                "put onnxruntime_gpu in the place of onnxruntime and install CUDA, or use device: cpu");
        if (cause != null) {
            exception.initCause(cause);
        }
        return exception;
    }
}
