package dev.penstock.flow.testing;

/** How the ends of a flow behave in one life of it. */
record Driving(int batch, Pace pace, Faults faults, Runnable beforeWrite) {
    static final Driving PLAIN = new Driving(Integer.MAX_VALUE, Pace.FREE, new Faults(), () -> {});

    Driving batch(int wanted) {
        return new Driving(wanted, pace, faults, beforeWrite);
    }

    Driving pace(Pace wanted) {
        return new Driving(batch, wanted, faults, beforeWrite);
    }

    Driving faults(Faults wanted) {
        return new Driving(batch, pace, wanted, beforeWrite);
    }

    Driving beforeWrite(Runnable wanted) {
        return new Driving(batch, pace, faults, wanted);
    }

    void drive(TestSource<?> source) {
        source.drive(batch, pace, faults);
    }

    void drive(TestSink<?> sink) {
        sink.drive(beforeWrite, faults);
    }
}
