package dev.penstock.conformance.mutants;

import dev.penstock.conformance.forwarding.ForwardingSink;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Sink;
import java.nio.file.Path;

/** A sink that knows its directory. */
class ChangedSink extends ForwardingSink {
    Path directory = Path.of("");

    ChangedSink(Sink sink) {
        super(sink);
    }

    @Override
    public void open(ConnectorContext context) {
        directory = context.baseDirectory();
        super.open(context);
    }
}
