package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.verifier.ReceiptJudgement;
import dev.stile.verifier.Receipts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;

/// Passkeys in a real browser with the authenticators that Chromium plays: by the console, and by
/// the unmodified npm package that most web applications use.
class PasskeyBrowserTest {
  @RegisterExtension static final RunningBrowser BROWSER = new RunningBrowser();
  @RegisterExtension static final RunningStile STILE = new RunningStile();

  private static final String SIMPLE_WEBAUTHN = "@simplewebauthn/browser@13.2.2";

  /// Asked for proof, refused to answer for another, and a wrong response: the browser notes each.
  private static final Pattern ASKED = Pattern.compile("/v1/.* - .* (401|422) ");

  private final Accessibility accessibility = new Accessibility(BROWSER);
  private @Nullable VirtualAuthenticator plugged;

  private void plug(Authenticators kind) {
    unplug();
    plugged = kind.plugInto(BROWSER);
  }

  @AfterEach
  void unplug() {
    if (plugged != null) {
      BROWSER.driver().removeVirtualAuthenticator(plugged);
      plugged = null;
    }
  }

  /// A person who is new here, and asks for the passkey by the button.
  private static void signIn() {
    open();
    BROWSER
        .driver()
        .executeScript("PublicKeyCredential.isConditionalMediationAvailable = async () => false");
    BROWSER.click("sign-in");
    BROWSER.find("factors-empty");
  }

  private static void open() {
    BROWSER.open(STILE.api().base().toString());
    BROWSER.driver().executeScript("sessionStorage.clear()");
    BROWSER.open(STILE.api().base().toString());
    WebElement name = BROWSER.find("sign-in-subject");
    name.clear();
    name.sendKeys(STILE.user().subject());
  }

  private static void addPasskey(String label) {
    BROWSER.click("add-webauthn");
    BROWSER.type("enroll-label", label);
    BROWSER.click("enroll-submit");
  }

  private static WebElement passkey(int count) {
    return BROWSER.find(
        "factor", "[data-type=webauthn][data-status=active]:nth-child(" + count + ")");
  }

  private static void startTransfer() {
    BROWSER.find("challenge-action", " [value=transfer]").click();
    BROWSER.click("challenge-start");
  }

  private static String claim(String name) {
    return BROWSER.find("grant-claim", "[data-claim=" + name + "] .claim-value").getText();
  }

  @ParameterizedTest
  @EnumSource(Authenticators.class)
  void registersAndApproves(Authenticators kind) {
    plug(kind);
    signIn();
    addPasskey("My key");
    assertThat(passkey(1).getText())
        .contains("My key", "phishing-resistant")
        .contains(kind.knowsUser() ? "checks that it is you" : "does not check who holds it");

    startTransfer();
    assertThat(BROWSER.find("step-up-display").getText()).contains("250.00 EUR", "Garden Club");
    BROWSER.click("passkey-use");

    assertThat(BROWSER.find("grant-binding").getText()).endsWith("it fits.");
    assertThat(claim("amr")).isEqualTo(kind.knowsUser() ? "[\"hwk\",\"user\"]" : "[\"hwk\"]");
    BROWSER.find("grant-verdict", "[data-verdict=valid]");
    BROWSER.find("receipt-checks", "[data-verdict=proven]");
    assertThat(BROWSER.complaints(ASKED)).isEmpty();
  }

  @Test
  void givesAReceiptToKeepAndToCheck(@TempDir Path downloads) {
    plug(Authenticators.KEY_WITH_PIN);
    signIn();
    addPasskey("Signs for it");
    passkey(1);
    startTransfer();
    BROWSER.click("passkey-use");
    BROWSER.find("receipt-checks", "[data-verdict=proven]");
    accessibility.check("a receipt");

    String kept = BROWSER.download("receipt-download", downloads.resolve("stile-receipt.jws"));
    String keys = STILE.api().get("/.well-known/jwks.json").body();
    assertThat(Receipts.verify(kept, keys))
        .isInstanceOfSatisfying(
            ReceiptJudgement.Accepted.class,
            accepted ->
                assertThat(accepted.receipt().binding())
                    .containsEntry("amount", "250.00 EUR")
                    .containsEntry("payee", "Garden Club"));

    BROWSER.click("receipt-tamper");
    BROWSER.find("receipt-checks", "[data-verdict=refused]");
    assertThat(failedSteps()).containsExactly("issuer", "shown");
    accessibility.check("a forged receipt");
  }

  private static List<String> failedSteps() {
    return BROWSER.driver().findElements(By.cssSelector(".check.bad")).stream()
        .map(step -> step.getDomAttribute("data-step"))
        .toList();
  }

  /// Played by Chromium, a person picks the passkey as soon as it is offered.
  @Test
  void isOfferedInAFieldWhereTheBrowserCan() {
    plug(Authenticators.BUILT_IN);
    open();
    BROWSER.click("sign-in");
    addPasskey("In the field");
    passkey(1);
    startTransfer();
    assertThat(BROWSER.find("grant-binding").getText()).endsWith("it fits.");
  }

  @Test
  void isNotAnsweredByAnotherDevice() {
    plug(Authenticators.BUILT_IN);
    signIn();
    addPasskey("Here");
    passkey(1);
    plug(Authenticators.BUILT_IN);

    startTransfer();
    BROWSER.click("passkey-use");

    assertThat(BROWSER.find("problem").getText()).contains("none of yours is here");
    accessibility.check("a passkey that is not here");
    BROWSER.click("step-up-cancel");
    BROWSER.find("grant-empty");
  }

  @Test
  void keepsSeveralAndRefusesTheSameDeviceTwice() {
    plug(Authenticators.BUILT_IN);
    signIn();
    addPasskey("This computer");
    passkey(1);
    addPasskey("Another one");
    BROWSER.click("passkey-use");
    assertThat(BROWSER.find("problem", "[data-code=passkey_known]").getText())
        .contains("on this device already");

    plug(Authenticators.KEY_WITH_PIN);
    BROWSER.click("passkey-create");
    assertThat(passkey(2).getText()).contains("Another one");
    accessibility.check("two passkeys");
  }

  @Test
  void showsRecoveryCodesOnceAndTakesOne(@TempDir Path downloads) {
    plug(Authenticators.BUILT_IN);
    signIn();
    addPasskey("Lost tomorrow");
    passkey(1);
    assertThat(BROWSER.find("readiness-hints").getText()).isNotEmpty();
    BROWSER.click("recovery-make");
    BROWSER.click("passkey-use");
    List<String> codes =
        BROWSER.driver().findElements(By.cssSelector("[data-testid=recovery-code]")).stream()
            .map(WebElement::getText)
            .toList();
    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    accessibility.check("recovery codes");
    keep(codes, downloads);
    BROWSER.click("recovery-kept");
    assertThat(BROWSER.find("recovery-left", " strong").getText()).isEqualTo("10 of 10");

    plug(Authenticators.BUILT_IN);
    BROWSER.click("add-totp");
    BROWSER.click("enroll-submit");
    BROWSER.click("use-recovery-code");
    BROWSER.type("redeem-code", codes.getFirst());
    accessibility.check("the question for a recovery code");
    BROWSER.click("redeem-submit");
    BROWSER.find("totp-qr");
    assertThat(claim("amr")).isEqualTo("[\"rc\"]");
  }

  /// On the clipboard, in a file and on paper, which has the codes and no button.
  private static void keep(List<String> codes, Path downloads) {
    BROWSER.allow("clipboardReadWrite", "clipboardSanitizedWrite");
    BROWSER.click("recovery-copy");
    Patience.untilTrue(
        "the codes are copied", () -> codes.stream().allMatch(BROWSER.clipboard()::contains));
    String file =
        BROWSER.download("recovery-download", downloads.resolve("stile-recovery-codes.txt"));
    assertThat(file.lines()).containsAll(codes);

    BROWSER.driver().executeScript("window.print = () => { window.printed = true; }");
    BROWSER.click("recovery-print");
    assertThat(BROWSER.driver().executeScript("return window.printed")).isEqualTo(true);
    BROWSER.showOnPaper();
    assertThat(BROWSER.find("recovery-code").isDisplayed()).isTrue();
    assertThat(BROWSER.find("recovery-print").isDisplayed()).isFalse();
    BROWSER.showAsUsual();
  }

  @Test
  void worksWithTheUnmodifiedNpmPackage() throws IOException {
    String library = NpmPackage.file(SIMPLE_WEBAUTHN, "dist/bundle/index.umd.min.js");
    plug(Authenticators.BUILT_IN);
    BROWSER.open(STILE.api().base().toString());
    BROWSER.driver().executeScript(library);
    Object outcome =
        BROWSER
            .driver()
            .executeAsyncScript(
                """
                const [sub, done] = arguments;
                const call = async (path, body, token) => {
                  const answer = await fetch(path, {method: 'POST', body: body && JSON.stringify(body),
                    headers: {'Content-Type': 'application/json', ...(token && {Authorization: `Bearer ${token}`})}});
                  const json = await answer.json();
                  if (!answer.ok) throw new Error(JSON.stringify(json));
                  return json;
                };
                const {startRegistration, startAuthentication} = window.SimpleWebAuthnBrowser;
                (async () => {
                  const {access_token: token} = await call('/local/token', {sub});
                  const pending = await call('/v1/factors', {type: 'webauthn'}, token);
                  const made = await startRegistration({optionsJSON: pending.webauthn});
                  const factor = await call(`/v1/factors/${pending.id}/activate`, {credential: made}, token);
                  const challenge = await call('/v1/challenges', {action: 'pay', binding: {amount: '49.90 EUR'}}, token);
                  const signed = await startAuthentication({optionsJSON: challenge.webauthn});
                  const {grant} = await call(`/v1/challenges/${challenge.id}/verify`, {credential: signed}, token);
                  return {status: factor.status, amr: grant.amr.join(' ')};
                })().then(done, problem => done({status: String(problem)}));
                """,
                STILE.user().subject());
    assertThat(outcome).isEqualTo(Map.of("status", "active", "amr", "hwk user"));
  }
}
