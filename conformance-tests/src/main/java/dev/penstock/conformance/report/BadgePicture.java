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
        int width = leftWidth + rightWidth;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" role="img" aria-label="%s: %s">
                <title>%s: %s</title>
                <clipPath id="r"><rect width="%d" height="20" rx="3"/></clipPath>
                <g clip-path="url(#r)">
                <rect width="%d" height="20" fill="#444"/>
                <rect x="%d" width="%d" height="20" fill="%s"/>
                </g>
                <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
                <text x="%d" y="14">%s</text>
                <text x="%d" y="14">%s</text>
                </g>
                </svg>
                """.formatted(
                        width,
                        left,
                        right,
                        left,
                        right,
                        width,
                        leftWidth,
                        leftWidth,
                        rightWidth,
                        colour(badge),
                        leftWidth / 2,
                        left,
                        leftWidth + rightWidth / 2,
                        right);
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
