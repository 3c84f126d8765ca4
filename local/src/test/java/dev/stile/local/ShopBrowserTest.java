package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The shop in the console: it refuses, and after the step-up the payment goes through by itself.
class ShopBrowserTest {
  @RegisterExtension static final RunningStile STILE = new RunningStile();
  @RegisterExtension static final RunningBrowser BROWSER = new RunningBrowser();

  /// The browser tells of the refusal by itself.
  private static final Pattern REFUSED = Pattern.compile("/demo/payments.*401");

  @Test
  void paysByItselfAfterTheStepUp() throws Exception {
    Authenticator app = new User(STILE, "alice").signIn().app();
    app.rest();
    BROWSER.open(STILE.api().base().toString());
    BROWSER.click("sign-in");
    BROWSER.find("factor", "[data-type=totp][data-status=active]");
    new Accessibility(BROWSER).check("the shop");
    BROWSER.click("shop-pay");
    assertThat(BROWSER.find("step-up-display").getText()).contains("49.90 EUR", "Corner Bookshop");
    BROWSER.find("step-up-why");
    BROWSER.type("code-input", app.code());
    assertThat(BROWSER.find("shop-receipt").getText())
        .startsWith("Paid 49.90 EUR to Corner Bookshop.");
    assertThat(BROWSER.complaints(REFUSED)).isEmpty();
  }
}
