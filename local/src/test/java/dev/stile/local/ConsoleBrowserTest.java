package dev.stile.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.ReaderException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.stile.factor.TotpParameters;
import dev.stile.factor.totp.ReferenceHotp;
import dev.stile.key.Base32;
import dev.stile.key.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// The console in a real browser, used as a person would. Each look at the page waits for what it
/// looks for.
class ConsoleBrowserTest {
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final List<String> DRIVERS =
      List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Pattern SECRET = Pattern.compile("[?&]secret=([A-Z2-7]+)");

  /// Stile asks for a fresh proof before it adds a second factor, and the browser notes each 401.
  private static final Pattern ASKED_FOR_PROOF = Pattern.compile("/v1/factors - .* 401 ");

  private LocalStile stile;
  private ChromeDriver browser;
  private Duration ahead = Duration.ZERO;

  @BeforeEach
  void open() throws IOException {
    Path binary = installed(BROWSERS);
    Path driver = installed(DRIVERS);
    stile = LocalStile.start(new Options(0, null, null), System.err);
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .usingAnyFreePort()
                .build(),
            headless(binary));
    browser.manage().timeouts().implicitlyWait(PATIENCE);
    browser.get(stile.base().toString());
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.quit();
    }
    if (stile != null) {
      stile.close();
    }
  }

  @Test
  void enrollsAnAppAndAPhoneAndApprovesATransfer() throws Exception {
    click("sign-in");
    Secret seed = enrollApp();
    enrollPhone(seed);
    approveTransferBySms();
    tamper();

    assertThat(severe()).isEmpty();
    assertThat(widthAt(320)).isLessThanOrEqualTo(320);
  }

  private Secret enrollApp() throws Exception {
    click("add-totp");
    click("enroll-submit");
    Secret seed = seedIn(textOfQrCode(find("totp-qr")));
    answer(codeNow(seed));
    find("factor", "[data-type=totp][data-status=active]");
    return seed;
  }

  private void enrollPhone(Secret seed) {
    waitForNextCode();
    click("add-sms");
    type("enroll-phone", "+41 79 123 45 67");
    click("enroll-submit");
    find("step-up-why");
    answer(codeNow(seed));
    // The dialog of the phone is back when the one that asked for the proof has gone.
    find("enroll-dialog-sms", " [data-testid=code-input]");
    answer(codeOfMessage(1));
    find("factor", "[data-type=sms][data-status=active]");
  }

  private void approveTransferBySms() {
    waitForNextCode();
    find("challenge-action", " [value=transfer]").click();
    String phone = find("factor", "[data-type=sms]").getDomAttribute("data-factor");
    browser.findElement(By.cssSelector("#factor [value='" + phone + "']")).click();
    click("challenge-start");
    assertThat(find("step-up-display").getText()).contains("250.00 EUR", "Garden Club");
    answer(codeOfMessage(2));
    // Comes last, and only for a grant with details.
    assertThat(find("grant-binding").getText()).endsWith("it fits.");
    assertThat(claim("action")).isEqualTo("transfer");
    assertThat(claim("amr")).isEqualTo("[\"otp\",\"sms\"]");
    find("grant-verdict", "[data-verdict=valid]");
  }

  private void tamper() {
    click("grant-tamper");
    find("grant-verdict", "[data-verdict=invalid]");
    assertThat(claim("action")).isEqualTo("login");
  }

  /// The code of the newest of so many messages.
  private String codeOfMessage(int count) {
    find("inbox-message", ":nth-child(" + count + ")");
    return requireNonNull(find("inbox-code").getDomProperty("textContent"));
  }

  private String claim(String name) {
    return find("grant-claim", "[data-claim=" + name + "] .claim-value").getText();
  }

  private void answer(String code) {
    type("code-input", code);
  }

  private void type(String testId, String text) {
    find(testId).sendKeys(text);
  }

  private void click(String testId) {
    find(testId).click();
  }

  private WebElement find(String testId) {
    return find(testId, "");
  }

  private WebElement find(String testId, String rest) {
    return browser.findElement(By.cssSelector("[data-testid=" + testId + "]" + rest));
  }

  /// A code counts once, and messages to one number keep a distance.
  private void waitForNextCode() {
    click("clock-31s");
    find("toast");
    ahead = ahead.plusSeconds(31);
  }

  private String codeNow(Secret seed) {
    var parameters = TotpParameters.USUAL;
    return new ReferenceHotp()
        .digits(seed, parameters, parameters.stepAt(Instant.now().plus(ahead)));
  }

  private List<String> severe() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .filter(message -> !ASKED_FOR_PROOF.matcher(message).find())
        .toList();
  }

  /// How wide the page is in a window of this width.
  private long widthAt(int pixels) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 640, "deviceScaleFactor", 1, "mobile", false));
    Object width = browser.executeScript("return document.documentElement.scrollWidth");
    return (Long) requireNonNull(width);
  }

  private static String textOfQrCode(WebElement element) throws IOException, ReaderException {
    var image = ImageIO.read(new ByteArrayInputStream(element.getScreenshotAs(OutputType.BYTES)));
    var pixels = new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(image)));
    return new QRCodeReader().decode(pixels).getText();
  }

  private static Secret seedIn(String otpauthUri) {
    assertThat(URI.create(otpauthUri).getScheme()).isEqualTo("otpauth");
    Matcher secret = SECRET.matcher(otpauthUri);
    assertThat(secret.find()).isTrue();
    return Secret.of(Base32.UPPER.decode(secret.group(1)));
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
