package dev.penstock.spi;

/**
 * Keys of the metadata of a vector column: which model made it. A sink keeps them with its table and refuses vectors of
 * another model (EM-03).
 */
public final class ModelMetadata {
    /** The name of the model. */
    public static final String NAME = "penstock.model";

    /** The release or revision of the model. */
    public static final String REVISION = "penstock.model.revision";

    /** SHA-256 over model and tokenizer, hexadecimal. */
    public static final String DIGEST = "penstock.model.digest";

    private ModelMetadata() {}
}
