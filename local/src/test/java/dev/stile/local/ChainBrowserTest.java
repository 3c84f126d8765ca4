package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A payment in the console that takes two factors, asked one after the other in one dialog.
class ChainBrowserTest {
  @RegisterExtension
  static final RunningStile STILE =
      RunningStile.withPolicy(
          """
          {"actions": {"pay": {"single_use": true,
                               "chain": [{"factors": ["totp"]}, {"factors": ["sms"]}]}}}
          """);

  @RegisterExtension static final RunningBrowser BROWSER = new RunningBrowser();

  /// The browser tells of the refusal by itself.
  private static final Pattern REFUSED = Pattern.compile("/demo/payments.*401");

  @Test
  void asksForOneFactorAfterTheOther() throws Exception {
    User alice = new User(STILE, "alice").signIn();
    Authenticator app = alice.app();
    Mailbox phone = alice.phoneBesides(app);
    phone.rest();
    app.rest();
    BROWSER.open(STILE.api().base().toString());
    BROWSER.click("sign-in");
    BROWSER.find("factor", "[data-type=sms][data-status=active]");
    BROWSER.click("shop-pay");
    assertThat(BROWSER.find("step-up-place").getText()).startsWith("Factor 1 of 2.");
    new Accessibility(BROWSER).check("the first of two factors");
    BROWSER.type("code-input", app.code());
    String code = phone.code();
    assertThat(BROWSER.find("step-up-place", "[data-place='2']").getText())
        .startsWith("Factor 2 of 2.");
    assertThat(BROWSER.find("step-up-display").getText()).contains("49.90 EUR", "Corner Bookshop");
    BROWSER.type("code-input", code);
    assertThat(BROWSER.find("shop-receipt").getText())
        .startsWith("Paid 49.90 EUR to Corner Bookshop.");
    assertThat(BROWSER.complaints(REFUSED)).isEmpty();
  }
}
