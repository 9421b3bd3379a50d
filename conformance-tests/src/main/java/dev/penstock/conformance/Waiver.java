package dev.penstock.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a rule, on a {@link ConnectorConformance}, that it is known to be broken, why, and until when.
 *
 * <p>A waived failure is reported as waived and blocks the badge. A waiver of a rule that holds fails, and so does one
 * that has expired.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Waiver.All.class)
public @interface Waiver {
    /** The id of the rule, for example {@code SP-09}. */
    String rule();

    /** Why it is broken, for people; where it is tracked. */
    String reason();

    /** The last day it holds, for example {@code 2027-06-30}. */
    String expires();

    /** Several of them. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        /** Each of them. */
        Waiver[] value();
    }
}
