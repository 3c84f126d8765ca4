package dev.stile.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// One browser for a test class; without one on this machine the class is skipped, loudly. Each
/// look at the page waits for what it looks for.
final class RunningBrowser implements BeforeAllCallback, AfterAllCallback {
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final List<String> DRIVERS =
      List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int MOST_TABS = 60;

  /// Beyond its last element the page hands the focus to the browser, which shows that by itself.
  private static final String SEES_FOCUS =
      """
      const focused = arguments[0];
      const {outlineStyle, outlineWidth} = getComputedStyle(focused);
      return focused === document.body || (outlineStyle !== 'none' && outlineWidth !== '0px');
      """;

  private @Nullable ChromeDriver started;

  @Override
  public void beforeAll(ExtensionContext context) {
    Path binary = installed(BROWSERS);
    Path driver = installed(DRIVERS);
    started =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .usingAnyFreePort()
                .build(),
            headless(binary));
    started.manage().timeouts().implicitlyWait(PATIENCE);
    started.manage().timeouts().scriptTimeout(PATIENCE);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (started != null) {
      started.quit();
    }
  }

  ChromeDriver driver() {
    return requireNonNull(started, "the browser is not started");
  }

  void open(String address) {
    driver().get(address);
  }

  WebElement find(String testId) {
    return find(testId, "");
  }

  WebElement find(String testId, String rest) {
    return driver().findElement(By.cssSelector("[data-testid=" + testId + "]" + rest));
  }

  void click(String testId) {
    find(testId).click();
  }

  void type(String testId, String text) {
    find(testId).sendKeys(text);
  }

  /// The page in a window of this width, on a device that prefers this scheme.
  void show(int width, String scheme) {
    driver()
        .executeCdpCommand(
            "Emulation.setDeviceMetricsOverride",
            Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    driver()
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /// The page as it is printed.
  void showOnPaper() {
    driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
  }

  /// The window as it is when nobody asks for another.
  void showAsUsual() {
    driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    driver()
        .executeCdpCommand(
            "Emulation.setEmulatedMedia", Map.of("media", "", "features", List.of()));
  }

  /// What a link saves, read when it is whole: a browser writes under another name until then.
  String download(String testId, Path file) {
    driver()
        .executeCdpCommand(
            "Browser.setDownloadBehavior",
            Map.of(
                "behavior", "allow", "downloadPath", requireNonNull(file.getParent()).toString()));
    click(testId);
    Patience.untilTrue(file + " is saved", () -> Files.exists(file));
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Grants these to the page, and refuses it all others.
  void allow(String... permissions) {
    driver()
        .executeCdpCommand("Browser.grantPermissions", Map.of("permissions", List.of(permissions)));
  }

  String clipboard() {
    Object text =
        driver()
            .executeAsyncScript(
                "const done = arguments[0]; navigator.clipboard.readText().then(done, e => done(''"
                    + " + e));");
    return (String) requireNonNull(text);
  }

  // By the keyboard alone

  void press(CharSequence... keys) {
    new Actions(driver()).sendKeys(keys).perform();
  }

  /// Goes on to an element as a person without a pointer does, who must see where they are.
  void tabTo(String testId) {
    for (int i = 0; i < MOST_TABS; i++) {
      press(Keys.TAB);
      WebElement focused = driver().switchTo().activeElement();
      assertThat(driver().executeScript(SEES_FOCUS, focused)).as(focused.getText()).isEqualTo(true);
      if (testId.equals(focused.getDomAttribute("data-testid"))) {
        return;
      }
    }
    throw new AssertionError("no way to " + testId + " by the Tab key");
  }

  long contentWidth() {
    Object width = driver().executeScript("return document.documentElement.scrollWidth");
    return (Long) requireNonNull(width);
  }

  /// What the console of the browser holds against the page, but for what these expect.
  List<String> complaints(Pattern expected) {
    return driver().manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .filter(message -> !expected.matcher(message).find())
        .toList();
  }

  private static ChromeOptions headless(Path binary) {
    var logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(binary.toFile());
    options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
    return options.addArguments(
        "--headless=new",
        // Needed as root, as in most containers; the only page is ours.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-proxy-server",
        "--force-device-scale-factor=2",
        "--window-size=1280,1000");
  }

  private static Path installed(List<String> places) {
    return places.stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            Skipped.because(
                "the console in a browser, for none of %s is installed; on Debian: apt-get"
                        .formatted(places)
                    + " install chromium chromium-driver"));
  }
}
