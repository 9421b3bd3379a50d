package dev.penstock.embeddings;

/** Where the network runs. */
enum Device {
    /** The processor. */
    CPU,
    /** An NVIDIA graphics card; needs the GPU build of ONNX Runtime on the class path. */
    CUDA
}
