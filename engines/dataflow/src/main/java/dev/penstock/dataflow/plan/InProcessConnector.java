package dev.penstock.dataflow.plan;

import dev.penstock.spi.Connector;

/**
 * A connector to the program that the pipeline runs in: the only kind whose rows may hold objects of the program. An
 * engine refuses to hand objects to any other, since they mean nothing outside of the process.
 */
public interface InProcessConnector extends Connector {}
