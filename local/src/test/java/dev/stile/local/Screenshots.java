package dev.stile.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Pictures of each state that is looked over, in both widths and both schemes, for people to look
/// at: in the folder that `-Dstile.screenshots` names, and nowhere without it.
final class Screenshots {
  private static final String FOLDER = System.getProperty("stile.screenshots", "");

  private Screenshots() {}

  static void take(RunningBrowser browser, String state) {
    if (FOLDER.isEmpty()) {
      return;
    }
    for (int width : List.of(1280, 320)) {
      for (String scheme : List.of("light", "dark")) {
        browser.show(width, scheme);
        save(browser, "%s-%d-%s.png".formatted(state.replace(' ', '-'), width, scheme));
      }
    }
    browser.showAsUsual();
  }

  private static void save(RunningBrowser browser, String name) {
    Map<String, Object> taken =
        browser
            .driver()
            .executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    String png = (String) Objects.requireNonNull(taken.get("data"));
    try {
      Files.createDirectories(Path.of(FOLDER));
      Files.write(Path.of(FOLDER, name), Base64.getDecoder().decode(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
