package dev.penstock.conformance.report;

/** Draws a badge, as pages of projects show them. */
final class BadgePicture {
    private static final int CHARACTER = 7;
    private static final int PADDING = 12;

    private BadgePicture() {}

    static String svg(Badge badge) {
        String left = "penstock " + badge.role() + (badge.engine().isEmpty() ? "" : " on " + badge.engine());
        String right =
                badge.level().text() + (badge.proven() || badge.level() == Badge.Level.NONE ? "" : " (not proven)");
        int leftWidth = left.length() * CHARACTER + PADDING;
        int rightWidth = right.length() * CHARACTER + PADDING;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%2$s: %3$s">
                <title>%2$s: %3$s</title>
                <clipPath id="r"><rect width="%1$d" height="20" rx="3"/></clipPath>
                <g clip-path="url(#r)">
                <rect width="%4$d" height="20" fill="#444"/>
                <rect x="%4$d" width="%5$d" height="20" fill="%6$s"/>
                </g>
                <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
                <text x="%7$d" y="14">%2$s</text>
                <text x="%8$d" y="14">%3$s</text>
                </g>
                </svg>
                """.formatted(
                        leftWidth + rightWidth,
                        left,
                        right,
                        leftWidth,
                        rightWidth,
                        colour(badge),
                        leftWidth / 2,
                        leftWidth + rightWidth / 2);
    }

    static String colour(Badge badge) {
        if (!badge.proven() && badge.level() != Badge.Level.NONE) {
            return "#777";
        }
        return switch (badge.level()) {
            case NONE -> "#c0392b";
            case CORE -> "#b7790f";
            case FAULT_TOLERANT -> "#1f6fb2";
            case CRASH_SAFE -> "#2e7d32";
        };
    }
}
