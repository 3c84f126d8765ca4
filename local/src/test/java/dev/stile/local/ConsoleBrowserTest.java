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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;

/// The console in a real browser, used as a person would; each state that a person sees is looked
/// over for what keeps people out.
class ConsoleBrowserTest {
  @RegisterExtension static final RunningBrowser BROWSER = new RunningBrowser();
  @RegisterExtension static final RunningStile STILE = new RunningStile();
  private static final Pattern SECRET = Pattern.compile("[?&]secret=([A-Z2-7]+)");

  /// Stile asks for a fresh proof before it adds a second factor, and the browser notes each 401.
  private static final Pattern ASKED_FOR_PROOF = Pattern.compile("/v1/factors - .* 401 ");

  /// One server for all tests, and so one clock.
  private static Duration ahead = Duration.ZERO;

  private final Accessibility accessibility = new Accessibility(BROWSER);

  @Test
  void enrollsAnAppAndAPhoneAndApprovesATransfer() throws Exception {
    openSignedOut();
    BROWSER.find("sign-in");
    accessibility.check("signed out");
    BROWSER.click("sign-in");
    BROWSER.find("factors-empty");
    accessibility.check("signed in without a factor");
    Secret seed = enrollApp();
    enrollPhone(seed);
    approveTransferBySms();
    tamper();
    showWhatHappened();

    assertThat(BROWSER.complaints(ASKED_FOR_PROOF)).isEmpty();
  }

  private static void openSignedOut() {
    BROWSER.open(STILE.api().base().toString());
    BROWSER.driver().executeScript("sessionStorage.clear()");
    BROWSER.open(STILE.api().base().toString());
  }

  private Secret enrollApp() throws Exception {
    BROWSER.click("add-totp");
    accessibility.check("the form of an app");
    BROWSER.click("enroll-submit");
    Secret seed = seedIn(textOfQrCode(BROWSER.find("totp-qr")));
    accessibility.check("the QR code");
    answer(codeNow(seed));
    BROWSER.find("factor", "[data-type=totp][data-status=active]");
    return seed;
  }

  private void enrollPhone(Secret seed) {
    waitForNextCode();
    BROWSER.click("add-sms");
    BROWSER.type("enroll-phone", "+41 79 123 45 67");
    BROWSER.click("enroll-submit");
    BROWSER.find("step-up-why");
    answer(codeNow(seed));
    // The dialog of the phone is back when the one that asked for the proof has gone.
    BROWSER.find("enroll-dialog-sms", " [data-testid=code-input]");
    answer(codeOfMessage(1));
    BROWSER.find("factor", "[data-type=sms][data-status=active]");
    accessibility.check("factors");
  }

  private void approveTransferBySms() {
    waitForNextCode();
    BROWSER.find("challenge-action", " [value=transfer]").click();
    String phone = BROWSER.find("factor", "[data-type=sms]").getDomAttribute("data-factor");
    BROWSER.driver().findElement(By.cssSelector("#factor [value='" + phone + "']")).click();
    BROWSER.click("challenge-start");
    assertThat(BROWSER.find("step-up-display").getText()).contains("250.00 EUR", "Garden Club");
    String code = codeOfMessage(2);
    accessibility.check("the question for a code");
    answer(code);
    // Comes last, and only for a grant with details.
    assertThat(BROWSER.find("grant-binding").getText()).endsWith("it fits.");
    assertThat(claim("action")).isEqualTo("transfer");
    assertThat(claim("amr")).isEqualTo("[\"otp\",\"sms\"]");
    BROWSER.find("grant-verdict", "[data-verdict=valid]");
    accessibility.check("a grant");
  }

  private void tamper() {
    BROWSER.click("grant-tamper");
    BROWSER.find("grant-verdict", "[data-verdict=invalid]");
    assertThat(claim("action")).isEqualTo("login");
    accessibility.check("a forged grant");
  }

  /// The verdict is one write, and the code came by way of the queue.
  private void showWhatHappened() {
    WebElement verdict = BROWSER.find("exchange", "[data-path$='/verify']");
    assertThat(textOf(verdict, "[data-testid=chain]")).startsWith("verify 1 write");
    open(verdict);
    open(verdict.findElement(By.cssSelector("[data-operation=UpdateItem]")));
    assertThat(textOf(verdict, "[data-operation=UpdateItem] .code-block pre"))
        .contains(".st = :pending", "failures < :disabled");
    assertThat(verdict.findElements(By.cssSelector("[data-function=verify] [data-testid=call]")))
        .hasSize(1);

    WebElement challenge = BROWSER.find("exchange", "[data-path='/v1/challenges']");
    assertThat(textOf(challenge, "[data-testid=chain]"))
        .startsWith("challenge ")
        .contains("1 message", "delivery worker 2 writes, SMS");
    open(challenge);
    assertThat(runs(challenge)).containsSubsequence("challenge", "delivery worker");
    accessibility.check("what happened");
  }

  /// By the keyboard: the page may grow under a pointer while runs come in.
  private static void open(WebElement about) {
    about.findElement(By.cssSelector("summary")).sendKeys(Keys.ENTER);
  }

  private static String textOf(WebElement within, String selector) {
    return requireNonNull(
        within.findElement(By.cssSelector(selector)).getDomProperty("textContent"));
  }

  private static List<String> runs(WebElement exchange) {
    return exchange.findElements(By.cssSelector("[data-testid=run] .run-head strong")).stream()
        .map(WebElement::getText)
        .toList();
  }

  @Test
  void isUsedByTheKeyboardAlone() throws Exception {
    openSignedOut();
    BROWSER.tabTo("sign-in-subject");
    BROWSER.press(Keys.chord(Keys.CONTROL, "a"), STILE.user().subject(), Keys.ENTER);
    BROWSER.find("factors-empty");
    BROWSER.tabTo("add-totp");
    BROWSER.press(Keys.ENTER);
    BROWSER.tabTo("enroll-submit");
    BROWSER.press(Keys.ENTER);
    Secret seed = seedIn(textOfQrCode(BROWSER.find("totp-qr")));
    BROWSER.press(codeNow(seed));
    BROWSER.find("factor", "[data-type=totp][data-status=active]");

    BROWSER.tabTo("challenge-start");
    BROWSER.press(Keys.ENTER);
    BROWSER.find("step-up-display");
    BROWSER.press(Keys.ESCAPE);
    BROWSER.find("grant-empty");
    assertThat(focused()).isEqualTo("challenge-start");

    BROWSER.tabTo("clock-31s");
    BROWSER.press(Keys.ENTER);
    BROWSER.find("toast");
    ahead = ahead.plusSeconds(31);
    BROWSER.tabTo("challenge-start");
    BROWSER.press(Keys.ENTER);
    BROWSER.find("step-up-display");
    BROWSER.press(codeNow(seed));
    BROWSER.find("grant-verdict", "[data-verdict=valid]");
    assertThat(BROWSER.complaints(ASKED_FOR_PROOF)).isEmpty();
  }

  private static @Nullable String focused() {
    return BROWSER.driver().switchTo().activeElement().getDomAttribute("data-testid");
  }

  @Test
  void describesEachOperationOfTheApi() {
    BROWSER.open(STILE.api().base() + "/console/api#verifyChallenge");
    BROWSER.find("reference", "[data-ready=true]");
    List<WebElement> operations =
        BROWSER.driver().findElements(By.cssSelector("[data-testid=operation]"));
    assertThat(operations)
        .hasSize(ApiDescription.ofCheckout().root().node().findValues("operationId").size());
    WebElement verify = BROWSER.driver().findElement(By.id("verifyChallenge"));
    assertThat(verify.findElement(By.cssSelector("[data-testid=problems]")).getText())
        .contains("code_incorrect", "factor_locked", "already_completed", "challenge_expired");
    assertThat(verify.getText()).contains("POST", "/v1/challenges/{challenge_id}/verify", "curl");
    accessibility.fits("the API reference");
    // All are made by the same few lines, and axe takes half a minute for all of them.
    BROWSER
        .driver()
        .executeScript(
            "document.querySelectorAll('article:not(:nth-of-type(9n + 1))').forEach(a => a.hidden ="
                + " true)");
    accessibility.check("a part of the API reference");
    assertThat(BROWSER.complaints(ASKED_FOR_PROOF)).isEmpty();
  }

  /// The code of the newest of so many messages.
  private static String codeOfMessage(int count) {
    BROWSER.find("inbox-message", ":nth-child(" + count + ")");
    return requireNonNull(BROWSER.find("inbox-code").getDomProperty("textContent"));
  }

  private static String claim(String name) {
    return BROWSER.find("grant-claim", "[data-claim=" + name + "] .claim-value").getText();
  }

  private static void answer(String code) {
    BROWSER.type("code-input", code);
  }

  /// A code counts once, and messages to one number keep a distance.
  private static void waitForNextCode() {
    BROWSER.click("clock-31s");
    BROWSER.find("toast");
    ahead = ahead.plusSeconds(31);
  }

  private static String codeNow(Secret seed) {
    var parameters = TotpParameters.USUAL;
    return new ReferenceHotp()
        .digits(seed, parameters, parameters.stepAt(Instant.now().plus(ahead)));
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
}
