package org.apache.hadoop.util;

import org.apache.hadoop.conf.Configurable;
import org.apache.hadoop.conf.Configuration;

/** Makes objects by their class; Parquet makes its codecs so. */
public final class ReflectionUtils {
    private ReflectionUtils() {}

    /** A new {@code type}, told its settings if it asks for them. */
    public static <T> T newInstance(Class<T> type, Configuration conf) {
        try {
            T made = type.getDeclaredConstructor().newInstance();
            if (made instanceof Configurable configurable) {
                configurable.setConf(conf);
            }
            return made;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Cannot make a '" + type.getName() + "': " + e, e);
        }
    }
}
