package dev.penstock.embeddings;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network that is loaded into ONNX Runtime. Runs may happen on several threads at once, each in its own
 * {@link BatchRunner}; all must have ended before {@link #close}.
 */
final class Network implements AutoCloseable {
    private static final Set<String> NEEDED_INPUTS = Set.of("input_ids", "attention_mask");
    private static final Set<String> KNOWN_INPUTS = Set.of("input_ids", "attention_mask", "token_type_ids");

    private final Device device;
    private final OrtEnvironment environment;
    private final OrtSession.SessionOptions options;
    private final OrtSession session;
    private final Output output;

    /**
     * What is taken from the network.
     *
     * @param name the output
     * @param pooled whether it is one vector a text, not one a token
     * @param dimensions the length of a vector
     * @param type of its elements
     */
    record Output(String name, boolean pooled, int dimensions, OnnxJavaType type) {}

    private Network(
            Device device,
            OrtEnvironment environment,
            OrtSession.SessionOptions options,
            OrtSession session,
            Output output) {
        this.device = device;
        this.environment = environment;
        this.options = options;
        this.session = session;
        this.output = output;
    }

    static Network load(Model model, Device device) {
        OrtSession.SessionOptions options = null;
        OrtSession session = null;
        try {
            OrtEnvironment environment = SharedRuntime.environment();
            options = SessionSettings.options(device);
            session = NetworkLoading.session(environment, model.onnx(), options);
            return new Network(device, environment, options, session, output(session, model));
        } catch (OrtException e) {
            close(session, options);
            throw ModelProblem.unusable(
                    "Cannot load network '" + model.onnx() + "'",
                    "check that the file is complete and of a version this release of ONNX Runtime reads",
                    e);
        } catch (RuntimeException e) {
            close(session, options);
            throw e;
        }
    }

    private static Output output(OrtSession session, Model model) throws OrtException {
        checkInputs(session.getInputInfo(), model);
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        String name = outputName(outputs)
                .orElseThrow(() -> ModelProblem.unusable(
                        "Cannot use network '" + model.onnx() + "': its outputs are " + outputs.keySet(),
                        "use a text embedding model that gives sentence_embedding or last_hidden_state"));
        TensorInfo tensor = (TensorInfo) requireNonNull(outputs.get(name)).getInfo();
        long[] shape = tensor.getShape();
        int dimensions = model.description().dimensions();
        long found = shape[shape.length - 1];
        if (found > 0 && found != dimensions) {
            throw ModelProblem.unusable(
                    "Cannot use network '" + model.onnx() + "': its vectors have " + found + " dimensions, not "
                            + dimensions + " as its description says",
                    "put the network and the description of one and the same model together");
        }
        return new Output(name, shape.length == 2, dimensions, tensor.type);
    }

    private static void checkInputs(Map<String, NodeInfo> inputs, Model model) {
        boolean usable = inputs.keySet().containsAll(NEEDED_INPUTS)
                && inputs.entrySet().stream()
                        .allMatch(input -> KNOWN_INPUTS.contains(input.getKey()) && isWholeNumbers(input.getValue()));
        if (!usable) {
            throw ModelProblem.unusable(
                    "Cannot use network '" + model.onnx() + "': its inputs are " + inputs.values(),
                    "use a text embedding model with the 64-bit inputs input_ids and attention_mask, and "
                            + "token_type_ids at most besides");
        }
    }

    private static boolean isWholeNumbers(NodeInfo input) {
        return input.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.INT64;
    }

    private static Optional<String> outputName(Map<String, NodeInfo> outputs) {
        return Stream.concat(Stream.of(OnnxGraph.SENTENCE_OUTPUT), OnnxGraph.TOKEN_OUTPUTS.stream())
                .filter(name -> isVectors(outputs.get(name)))
                .findFirst();
    }

    private static boolean isVectors(@Nullable NodeInfo output) {
        return output != null
                && output.getInfo() instanceof TensorInfo tensor
                && (tensor.getShape().length == 2 || tensor.getShape().length == 3);
    }

    Device device() {
        return device;
    }

    OrtEnvironment environment() {
        return environment;
    }

    OrtSession session() {
        return session;
    }

    Output output() {
        return output;
    }

    @Override
    public void close() {
        close(session, options);
    }

    // The session keeps using the options, so they go after it.
    private static void close(@Nullable OrtSession session, OrtSession.@Nullable SessionOptions options) {
        try {
            if (session != null) {
                session.close();
            }
        } catch (OrtException e) {
            throw ModelProblem.unusable("Cannot close the network", "restart the process", e);
        } finally {
            if (options != null) {
                options.close();
            }
        }
    }
}
