package dev.stile.model;

import static dev.stile.factor.FactorKind.EMAIL;
import static dev.stile.factor.FactorKind.SMS;
import static dev.stile.factor.FactorKind.TOTP;

import dev.stile.assurance.Action;
import dev.stile.assurance.Client;
import dev.stile.assurance.Level;
import dev.stile.assurance.Level.Breadth;
import dev.stile.assurance.Limits;
import dev.stile.assurance.Policy;
import dev.stile.factor.FactorKind;
import dev.stile.model.Operations.Deed;
import dev.stile.model.Operations.Rules;
import dev.stile.subject.Tenant;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The two policies, as documents of them would be read.
final class Policies {
  static final Client CLIENT =
      new Client("console", List.of("console"), List.of("stile"), "stile.example", "en");

  private static final Set<FactorKind> ANY = Set.of(TOTP, SMS, EMAIL);
  private static final Policy LENIENT =
      policy(
          action(Deed.LOOK, null, List.of(), terms(null, true)),
          action(Deed.PAY, null, List.of(ANY, ANY), terms(null, false)));
  private static final Policy STRICT =
      policy(
          action(Deed.LOOK, "aal2", List.of(), terms(Duration.ofMinutes(2), true)),
          action(
              Deed.PAY,
              "mfa",
              List.of(Set.of(TOTP, EMAIL), Set.of(TOTP, SMS)),
              terms(Duration.ofMinutes(3), false)));

  private Policies() {}

  static Policy of(Rules rules) {
    return switch (rules) {
      case LENIENT -> LENIENT;
      case STRICT -> STRICT;
    };
  }

  private static Action.Terms terms(@Nullable Duration maxAge, boolean reusable) {
    return new Action.Terms(Duration.ofMinutes(5), maxAge, false, reusable);
  }

  private static Action action(
      Deed deed, @Nullable String acr, List<Set<FactorKind>> chain, Action.Terms terms) {
    var display = new Action.Display(null, false);
    return new Action(deed.action(), false, acr, ANY, chain, display, terms);
  }

  private static Policy policy(Action look, Action pay) {
    var window = new Window(10, Duration.ofMinutes(1));
    var sends = new SendLimits(Duration.ofSeconds(30), List.of(), window, window, window);
    return new Policy(
        new Tenant("default"),
        new Policy.Parties("Acme", List.of(), List.of(CLIENT)),
        List.of(
            new Level("aal1", ANY),
            new Level("aal2", Set.of(TOTP, SMS)),
            new Level("mfa", ANY, Set.of(), new Breadth(2, 2)),
            new Level("three", ANY, Set.of(), new Breadth(3, 2))),
        Map.of(look.name(), look, pay.name(), pay),
        Set.of("CH"),
        new Limits(sends, window, window));
  }
}
