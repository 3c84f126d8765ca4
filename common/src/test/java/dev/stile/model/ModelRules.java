package dev.stile.model;

import static dev.stile.factor.FactorKind.EMAIL;
import static dev.stile.factor.FactorKind.SMS;
import static dev.stile.factor.FactorKind.TOTP;

import dev.stile.factor.FactorKind;
import dev.stile.model.Operations.Deed;
import dev.stile.model.Operations.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the two policies ask for an action, and what factors amount to: as an owner of the product
/// would tell it, with nothing of how it is found. None of these factors is a passkey, so that a
/// kind is a channel.
record ModelRules(
    List<Set<FactorKind>> places, int floor, boolean reusable, @Nullable Duration maxAge) {
  static final List<String> LEVELS = List.of("aal1", "aal2", "mfa", "three");

  private static final Set<FactorKind> ANY = Set.of(TOTP, SMS, EMAIL);
  private static final int MOST = 4;

  static ModelRules of(Rules rules, Deed deed) {
    return switch (deed) {
      case LOOK ->
          switch (rules) {
            case LENIENT -> new ModelRules(List.of(), -1, true, null);
            case STRICT -> new ModelRules(List.of(), 1, true, Duration.ofMinutes(2));
          };
      case PAY ->
          switch (rules) {
            case LENIENT -> new ModelRules(List.of(ANY, ANY), -1, false, null);
            case STRICT ->
                new ModelRules(
                    List.of(Set.of(TOTP, EMAIL), Set.of(TOTP, SMS)),
                    2,
                    false,
                    Duration.ofMinutes(3));
          };
    };
  }

  static int rank(@Nullable String acr) {
    return acr == null ? -1 : LEVELS.indexOf(acr);
  }

  /// What factors of these kinds reach together: any the first, a strong one the second, two of two
  /// classes the third, three of two classes the fourth.
  static int level(Set<FactorKind> kinds) {
    boolean classes = kinds.contains(TOTP) && kinds.size() > 1;
    if (classes) {
      return kinds.size() > 2 ? 3 : 2;
    }
    return kinds.contains(TOTP) || kinds.contains(SMS) ? 1 : 0;
  }

  /// How many factors have to follow this one; empty if it leads nowhere, is there already, or is
  /// one without which the others would do.
  OptionalInt following(
      List<FactorKind> passed, FactorKind next, Set<FactorKind> usable, int atLeast) {
    if (passed.contains(next) || !mayStandAt(passed.size(), next)) {
      return OptionalInt.empty();
    }
    return fewest(with(passed, next), next, usable, Math.max(floor, atLeast));
  }

  private OptionalInt fewest(
      List<FactorKind> passed, FactorKind next, Set<FactorKind> usable, int least) {
    Set<FactorKind> others = new HashSet<>(passed);
    others.remove(next);
    boolean needed = others.isEmpty() || !isEnough(others, least);
    if (needed && isEnough(new HashSet<>(passed), least)) {
      return OptionalInt.of(0);
    }
    OptionalInt fewest = OptionalInt.empty();
    for (FactorKind more : usable) {
      if (passed.size() < MOST && !passed.contains(more) && mayStandAt(passed.size(), more)) {
        OptionalInt rest = fewest(with(passed, more), next, usable, least);
        if (rest.isPresent() && (fewest.isEmpty() || rest.getAsInt() + 1 < fewest.getAsInt())) {
          fewest = OptionalInt.of(rest.getAsInt() + 1);
        }
      }
    }
    return fewest;
  }

  private boolean isEnough(Set<FactorKind> kinds, int least) {
    return kinds.size() >= places.size() && level(kinds) >= least;
  }

  private boolean mayStandAt(int place, FactorKind kind) {
    return place >= places.size() || places.get(place).contains(kind);
  }

  private static List<FactorKind> with(List<FactorKind> kinds, FactorKind more) {
    List<FactorKind> all = new ArrayList<>(kinds);
    all.add(more);
    return all;
  }
}
