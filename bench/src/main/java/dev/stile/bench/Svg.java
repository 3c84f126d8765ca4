package dev.stile.bench;

import java.util.Locale;
import java.util.Map;

/// One bar for each value, in light and dark.
final class Svg {
  private static final int WIDTH = 720;
  private static final int LABELS = 260;
  private static final int LINE = 26;
  private static final int TOP = 34;
  private static final int VALUES = 70;

  private Svg() {}

  static String bars(Findings findings) {
    Map<String, Double> bars = findings.bars();
    double most = bars.values().stream().mapToDouble(value -> value).max().orElse(1);
    int height = TOP + bars.size() * LINE + 8;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
        <style>text{fill:#1f2328}rect{fill:#2f6f5e}@media(prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#5fb39b}}</style>
        <text x="0" y="18" font-weight="bold">%s</text>
        """
            .formatted(WIDTH, height, escape(findings.picture())));
    int y = TOP;
    for (Map.Entry<String, Double> bar : bars.entrySet()) {
      double width = Math.max(1, bar.getValue() / most * (WIDTH - LABELS - VALUES));
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                  + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\"/>"
                  + "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
              LABELS - 8,
              y + 13,
              escape(bar.getKey()),
              LABELS,
              y,
              width,
              LABELS + width + 6,
              y + 13,
              number(bar.getValue())));
      y += LINE;
    }
    return svg.append("</svg>\n").toString();
  }

  /// Three digits that count.
  static String number(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
