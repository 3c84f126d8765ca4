package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Looks with axe-core for what keeps people out, in the page as it stands: in a wide and a narrow
/// window, and in the dark, which differs in contrast alone. Nothing needs scrolling sideways.
final class Accessibility {
  private static final List<Integer> WIDTHS = List.of(1280, 320);
  private static final Map<String, ?> CONTRAST = Map.of("runOnly", List.of("color-contrast"));
  private static final String AXE = resource("/axe.min.js");
  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations'], ...arguments[0]}).then(
        ({violations}) => done(violations.flatMap(({id, nodes}) =>
          nodes.map(node => id + ' at ' + node.target.join(' ') + ': ' + node.failureSummary))),
        problem => done([String(problem)]));
      """;

  private final RunningBrowser browser;

  Accessibility(RunningBrowser browser) {
    this.browser = browser;
  }

  /// @throws AssertionError with each violation and where it is
  void check(String state) {
    Screenshots.take(browser, state);
    browser.driver().executeScript(AXE);
    for (int width : WIDTHS) {
      browser.show(width, "light");
      assertThat(violations(Map.of())).as("%s, %d pixels wide", state, width).isEmpty();
      assertThat(browser.contentWidth()).as(state).isLessThanOrEqualTo(width);
    }
    browser.show(WIDTHS.getLast(), "dark");
    assertThat(violations(CONTRAST)).as("%s, dark", state).isEmpty();
    browser.showAsUsual();
  }

  /// Whether nothing needs scrolling sideways.
  void fits(String state) {
    for (int width : WIDTHS) {
      browser.show(width, "light");
      assertThat(browser.contentWidth()).as(state).isLessThanOrEqualTo(width);
    }
    browser.showAsUsual();
  }

  private List<?> violations(Map<String, ?> options) {
    return (List<?>) Objects.requireNonNull(browser.driver().executeAsyncScript(RUN, options));
  }

  private static String resource(String name) {
    try (InputStream in = Accessibility.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
