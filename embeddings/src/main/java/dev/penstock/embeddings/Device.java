package dev.penstock.embeddings;

/** Where the network runs. */
enum Device {
    /** The processor, on which padding costs as much as text and a large batch falls out of the caches. */
    CPU(256),
    /** An NVIDIA graphics card, which wants much at a time; needs the GPU build of ONNX Runtime on the class path. */
    CUDA(16_384);

    private final int paddedTokens;

    Device(int paddedTokens) {
        this.paddedTokens = paddedTokens;
    }

    /** The tokens of a batch, padding included, unless a single text has more. */
    int paddedTokens() {
        return paddedTokens;
    }
}
