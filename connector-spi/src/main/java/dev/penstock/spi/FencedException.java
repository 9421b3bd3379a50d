package dev.penstock.spi;

/** Nobody need act: a newer incarnation of the pipeline has taken over, and this one must stop (ST-08). */
public final class FencedException extends ConnectorException {
    /** Who was fenced by whom. */
    public FencedException(String message) {
        super(message);
    }
}
