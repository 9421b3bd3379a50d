package org.apache.hadoop.conf;

/** What is told its settings before it is used. */
public interface Configurable {
    /** The settings to use. */
    void setConf(Configuration conf);

    /** The settings in use. */
    Configuration getConf();
}
