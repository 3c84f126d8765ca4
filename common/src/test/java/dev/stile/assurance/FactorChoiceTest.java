package dev.stile.assurance;

import static dev.stile.factor.FactorKind.EMAIL;
import static dev.stile.factor.FactorKind.SMS;
import static dev.stile.factor.FactorKind.TOTP;
import static dev.stile.factor.FactorKind.WEBAUTHN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.assurance.FactorChoice.Wish;
import dev.stile.challenge.Chain;
import dev.stile.factor.Account;
import dev.stile.factor.Credential;
import dev.stile.factor.Credential.TotpProgress;
import dev.stile.factor.CredentialRecord;
import dev.stile.factor.Factor;
import dev.stile.factor.Factor.Times;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.factor.TotpParameters;
import dev.stile.key.Bytes;
import dev.stile.key.Sealed;
import dev.stile.subject.Tenant;
import dev.stile.throttle.SendLimits;
import dev.stile.throttle.SendLimits.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FactorChoiceTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final Failures DELAYED = new Failures(5, NOW.minusSeconds(1));
  private static final Failures DISABLED = new Failures(50, NOW.minusSeconds(90_000));

  private final Factor totp = factor(1, TOTP);
  private final Factor sms = factor(2, SMS);
  private final Factor email = factor(3, EMAIL);
  private final Action pay = action("pay", null);
  private final Action high = action("wire", "aal2");
  private final Action manage = action(Action.MANAGE_FACTORS, null);
  private final Policy policy = policy(pay, high, manage);

  @Nested
  class WithoutAWish {
    @Test
    void isTheStrongest() {
      var choice = choose(pay, account(email, sms, totp), Wish.NONE).orElseThrow();
      assertThat(choice.factor()).isEqualTo(totp);
      assertThat(choice.alternatives()).containsExactly(sms, email);
      assertThat(choice.decision().acr()).isEqualTo("aal2");
      assertThat(choice.decision().reasons())
          .containsExactly("action pay asks for aal1", "strongest usable factor is totp");
      assertThat(choice.decision().alternatives()).containsExactly(sms.id(), email.id());
    }

    @Test
    void isThePreferredAmongEquals() {
      Factor other = factor(4, SMS);
      var account = new Account(true, other.id(), 0, List.of(sms, other, email));
      var choice = choose(pay, account, Wish.NONE).orElseThrow();
      assertThat(choice.factor()).isEqualTo(other);
      assertThat(choice.alternatives()).containsExactly(sms, email);
      assertThat(choice.decision().reasons()).contains("preferred sms");
    }

    @Test
    void isThePreferredAmongKindsOfOneLevel() {
      var account = new Account(true, sms.id(), 0, List.of(sms, totp));
      assertThat(chosen(pay, account, Wish.NONE)).contains(sms);
    }

    @Test
    void isNeverWeakerForBeingPreferred() {
      var account = new Account(true, email.id(), 0, List.of(sms, email));
      assertThat(chosen(pay, account, Wish.NONE)).contains(sms);
    }

    @Test
    void isTheLastUsedAmongEqualsWithoutAPreference() {
      Factor never = factor(4, SMS);
      Factor before = factor(5, SMS, Failures.NONE, FactorState.ACTIVE, NOW.minusSeconds(100));
      Factor just = factor(6, SMS, Failures.NONE, FactorState.ACTIVE, NOW.minusSeconds(10));
      var choice = choose(pay, account(never, before, just), Wish.NONE).orElseThrow();
      assertThat(choice.factor()).isEqualTo(just);
      assertThat(choice.alternatives()).containsExactly(before, never);
      var account = new Account(true, never.id(), 0, List.of(never, before, just));
      assertThat(chosen(pay, account, Wish.NONE)).contains(never);
    }

    @Test
    void putsDelayedOnesLast() {
      Factor delayed = factor(4, TOTP, DELAYED, FactorState.ACTIVE, null);
      var account = new Account(true, delayed.id(), 0, List.of(delayed, email));
      var choice = choose(pay, account, Wish.NONE).orElseThrow();
      assertThat(choice.factor()).isEqualTo(email);
      assertThat(choice.alternatives()).containsExactly(delayed);
      assertThat(chosen(pay, account(delayed), Wish.NONE)).contains(delayed);
      var later = later(account, 29);
      assertThat(later.factor()).isEqualTo(delayed);
    }

    @Test
    void leavesOutWhatCannotAnswer() {
      Factor disabled = factor(4, TOTP, DISABLED, FactorState.ACTIVE, null);
      Factor pending = factor(5, TOTP, Failures.NONE, FactorState.PENDING, null);
      var choice = choose(pay, account(disabled, pending, email), Wish.NONE).orElseThrow();
      assertThat(choice.factor()).isEqualTo(email);
      assertThat(choice.alternatives()).isEmpty();
      assertThat(choose(pay, account(disabled, pending), Wish.NONE)).isEmpty();
      assertThat(choose(pay, Account.NONE, Wish.NONE)).isEmpty();
    }

    @Test
    void meetsTheLevelOfTheAction() {
      assertThat(chosen(high, account(email, sms), Wish.NONE)).contains(sms);
      assertThat(chosen(high, account(email), Wish.NONE)).isEmpty();
    }

    @Test
    void isOfAKindThatTheActionTakes() {
      var mailOnly =
          new Action(
              "pay",
              false,
              null,
              Set.of(EMAIL),
              new Action.Display(null, false),
              Duration.ofMinutes(5));
      assertThat(chosen(mailOnly, account(totp, email), Wish.NONE)).contains(email);
      assertThat(chosen(mailOnly, account(totp), Wish.NONE)).isEmpty();
    }
  }

  @Nested
  class WithAWish {
    @Test
    void isTheFactorAskedFor() {
      var wish = new Wish(email.id(), Set.of(), Set.of());
      var choice = choose(pay, account(totp, sms, email), wish).orElseThrow();
      assertThat(choice.factor()).isEqualTo(email);
      assertThat(choice.alternatives()).containsExactly(totp, sms);
      assertThat(choice.decision().acr()).isEqualTo("aal1");
      assertThat(choice.decision().reasons()).contains("the caller chose email");
    }

    @Test
    void isOfTheKindsAskedFor() {
      var wish = new Wish(null, Set.of(SMS, EMAIL), Set.of());
      var choice = choose(pay, account(totp, email, sms), wish).orElseThrow();
      assertThat(choice.factor()).isEqualTo(sms);
      assertThat(choice.alternatives()).containsExactly(email);
    }

    @Test
    void neverGoesUnderThePolicy() {
      var account = account(totp, email);
      assertThat(chosen(high, account, new Wish(email.id(), Set.of(), Set.of()))).isEmpty();
      assertThat(chosen(high, account, new Wish(null, Set.of(EMAIL), Set.of()))).isEmpty();
      assertThat(chosen(high, account(email), new Wish(null, Set.of(), Set.of("aal1")))).isEmpty();
      assertThat(chosen(high, account, new Wish(null, Set.of(), Set.of("aal1")))).contains(totp);
    }

    @Test
    void raisesTheLevel() {
      assertThat(chosen(pay, account(email), acr("aal2"))).isEmpty();
      assertThat(chosen(pay, account(email, sms), acr("aal2"))).contains(sms);
      assertThat(chosen(pay, account(email), acr("aal1"))).contains(email);
      // Any of those listed will do.
      assertThat(chosen(pay, account(email), acr("aal1", "aal2"))).contains(email);
      assertThat(chosen(high, account(sms), acr("aal2", "unknown"))).contains(sms);
    }

    @Test
    void findsNothingThatIsNotThere() {
      var wish = new Wish(factor(9, SMS).id(), Set.of(), Set.of());
      assertThat(chosen(pay, account(totp, sms), wish)).isEmpty();
      var both = new Wish(totp.id(), Set.of(SMS), Set.of());
      assertThat(chosen(pay, account(totp, sms), both)).isEmpty();
    }

    private Wish acr(String... values) {
      return new Wish(null, Set.of(), Set.of(values));
    }
  }

  @Nested
  class ForManagingFactors {
    @Test
    void asksForTheHighestLevelThatTheAccountReaches() {
      assertThat(chosen(manage, account(email), Wish.NONE)).contains(email);
      assertThat(chosen(manage, account(email, sms), Wish.NONE)).contains(sms);
      var weaker = new Wish(email.id(), Set.of(), Set.of());
      assertThat(chosen(manage, account(email, sms), weaker)).isEmpty();
      assertThat(chosen(manage, account(email), weaker)).contains(email);
    }

    @Test
    void doesNotAskForLessBecauseAFactorWasDisabled() {
      Factor disabled = factor(4, SMS, DISABLED, FactorState.ACTIVE, null);
      assertThat(policy.highestRank(account(email, disabled), NOW)).isEqualTo(1);
      assertThat(chosen(manage, account(email, disabled), Wish.NONE)).isEmpty();
      assertThat(chosen(manage, account(email, disabled, totp), Wish.NONE)).contains(totp);
    }

    @Test
    void doesNotAskForMoreBecauseOneIsPending() {
      Factor pending = factor(4, TOTP, Failures.NONE, FactorState.PENDING, null);
      assertThat(chosen(manage, account(email, pending), Wish.NONE)).contains(email);
    }

    @Test
    void holdsForNoOtherAction() {
      var weaker = new Wish(email.id(), Set.of(), Set.of());
      assertThat(chosen(pay, account(email, sms), weaker)).contains(email);
    }
  }

  @Nested
  class OfAFactorThatIsCapped {
    private final Factor capped = capped(totp);

    @Test
    void reachesTheLevelOfRecoveryUntilItsTimeIsOver() {
      var choice = choose(pay, account(capped), Wish.NONE).orElseThrow();
      assertThat(choice.decision().acr()).isEqualTo("recovery");
      assertThat(choice.decision().reasons()).contains("action pay takes any level");
      var later = later(account(capped), 1);
      assertThat(later.decision().acr()).isEqualTo("aal2");
      assertThat(policy.acrOf(capped, NOW)).contains("recovery");
      assertThat(policy.acrOf(capped, NOW.plusSeconds(1))).contains("aal2");
    }

    @Test
    void comesAfterAllOthers() {
      var choice = choose(pay, account(capped, email), Wish.NONE).orElseThrow();
      assertThat(choice.factor()).isEqualTo(email);
      assertThat(choice.alternatives()).containsExactly(capped);
    }

    @Test
    void meetsNoLevelOfThePolicy() {
      assertThat(chosen(high, account(capped), Wish.NONE)).isEmpty();
      assertThat(chosen(action("low", "aal1"), account(capped), Wish.NONE)).isEmpty();
      var raised = new Wish(null, Set.of(), Set.of("aal1"));
      assertThat(chosen(pay, account(capped), raised)).isEmpty();
    }

    @Test
    void managesNothingAndRaisesNoDemand() {
      assertThat(chosen(manage, account(capped), Wish.NONE)).isEmpty();
      assertThat(chosen(manage, account(capped, email), Wish.NONE)).contains(email);
      assertThat(policy.highestRank(account(capped, email), NOW)).isZero();
      assertThat(policy.highestRank(account(capped, email), NOW.plusSeconds(1))).isEqualTo(1);
    }

    private static Factor capped(Factor of) {
      var times = new Times(of.times().created(), null, null, NOW.plusSeconds(1));
      return new Factor(of.id(), of.label(), of.credential(), of.state(), of.failures(), times);
    }
  }

  @Nested
  class OfPasskeys {
    private final Factor laptop = passkey(7, true, true);
    private final Factor key = passkey(8, true, false);
    private final Factor touched = passkey(9, false, false);

    @Test
    void isThePasskeyFirstWithTheOthersOfItsLevelBesideIt() {
      var choice = choose(pay, account(totp, laptop, key, touched), Wish.NONE).orElseThrow();
      assertThat(choice.factor()).isEqualTo(laptop);
      assertThat(choice.companions()).containsExactly(key);
      assertThat(choice.alternatives()).containsExactly(totp, touched);
      assertThat(choice.decision().alternatives()).containsExactly(totp.id(), touched.id());
    }

    @Test
    void isTheOneThatWasNamedAlone() {
      var named = new Wish(key.id(), Set.of(), Set.of());
      var choice = choose(pay, account(laptop, key), named).orElseThrow();
      assertThat(choice.companions()).isEmpty();
      assertThat(choice.alternatives()).containsExactly(laptop);
    }

    @Test
    void isNoneThatCannotVerifyItsUserWhereTheLevelAsksForIt() {
      assertThat(choose(high, account(touched), Wish.NONE)).isEmpty();
      assertThat(choose(pay, account(touched), Wish.NONE).orElseThrow().decision().acr())
          .isEqualTo("aal1");
      assertThat(policy.needsUserVerification()).isFalse();
    }

    @Test
    void isNoneOfAnotherRelyingParty() {
      assertThat(account(totp, laptop).at("example.org").factors()).containsExactly(totp, laptop);
      assertThat(account(totp, laptop).at("example.net").factors()).containsExactly(totp);
      assertThat(account(totp, laptop).at(null).factors()).containsExactly(totp);
    }

    @Test
    void tellsByItsFlagsHowItProvesItsUser() {
      assertThat(Amr.of(laptop)).containsExactly("swk", "user");
      assertThat(Amr.of(key)).containsExactly("hwk", "user");
      assertThat(Amr.of(touched)).containsExactly("hwk");
    }

    private static Factor passkey(int id, boolean userVerified, boolean synced) {
      byte[] bytes = new byte[16];
      bytes[0] = (byte) id;
      Bytes some = Bytes.of(bytes);
      var device =
          new CredentialRecord.Authenticator(new UUID(0, 0), Set.of(), "none", userVerified);
      var backup = new CredentialRecord.Backup(synced, synced);
      var credential =
          new Credential.Passkey(
              new Credential.PasskeyScope("example.org", some),
              new CredentialRecord(some, some, 0, backup, device),
              userVerified,
              null);
      var times = new Times(NOW.minusSeconds(1_000 - id), null, null);
      return new Factor(
          FactorId.of(bytes), "label", credential, FactorState.ACTIVE, Failures.NONE, times);
    }
  }

  @Nested
  class ThePolicy {
    @Test
    void ranksKindsByTheHighestLevelTheyReach() {
      assertThat(policy.rank(EMAIL)).isZero();
      assertThat(policy.rank(SMS)).isEqualTo(1);
      assertThat(policy.levelOf(totp)).map(Level::acr).contains("aal2");
      assertThat(policy.rankOf("aal1")).isZero();
      assertThat(policy.rankOf("aal3")).isEqualTo(-1);
      assertThat(policy.acrsFrom(0)).containsExactly("aal1", "aal2");
      assertThat(policy.acrsFrom(1)).containsExactly("aal2");
      assertThat(policy.acrsFrom(-1)).containsExactly("aal1", "aal2");
      assertThat(policy.highestRank(Account.NONE, NOW)).isZero();
    }

    @Test
    void deniesWhatItDoesNotName() {
      assertThat(policy.action("pay")).contains(pay);
      assertThat(policy.action("Pay")).isEmpty();
      assertThat(policy.action("")).isEmpty();
      assertThat(policy.clientOfToken("console")).isEmpty();
      assertThat(policy.clientOfToken("spa")).map(Client::id).contains("console");
      assertThat(policy.client("console")).isPresent();
      assertThat(policy.client("spa")).isEmpty();
      assertThat(policy.issuer("https://idp.example")).isPresent();
      assertThat(policy.issuer("https://idp.example/")).isEmpty();
    }

    @Test
    void deniesWhatItNamesAsDenied() {
      var never =
          new Action(
              "never",
              true,
              null,
              EnumSet.allOf(FactorKind.class),
              new Action.Display(null, false),
              Duration.ofMinutes(5));
      assertThat(policy(never).action("never")).isEmpty();
    }

    @Test
    void givesEachKindItsMethodReferences() {
      assertThat(Amr.of(totp)).containsExactly("otp");
      assertThat(Amr.of(sms)).containsExactly("otp", "sms");
      assertThat(Amr.of(email)).containsExactly("otp");
    }
  }

  private Optional<FactorChoice> choose(Action action, Account account, Wish wish) {
    return FactorChoice.make(new Question(policy, action, account, NOW), wish, Chain.SINGLE);
  }

  private FactorChoice later(Account account, int seconds) {
    var question = new Question(policy, pay, account, NOW.plusSeconds(seconds));
    return FactorChoice.make(question, Wish.NONE, Chain.SINGLE).orElseThrow();
  }

  private Optional<Factor> chosen(Action action, Account account, Wish wish) {
    return choose(action, account, wish).map(FactorChoice::factor);
  }

  private static Account account(Factor... factors) {
    return new Account(true, null, 0, List.of(factors));
  }

  private static Factor factor(int id, FactorKind kind) {
    return factor(id, kind, Failures.NONE, FactorState.ACTIVE, null);
  }

  private static Factor factor(
      int id, FactorKind kind, Failures failures, FactorState state, @Nullable Instant lastUsed) {
    byte[] bytes = new byte[16];
    bytes[0] = (byte) id;
    var sealed = new Sealed(1, "");
    Credential credential =
        kind == TOTP
            ? new Credential.Totp(sealed, TotpParameters.USUAL, TotpProgress.NEW)
            : new Credential.Destination(kind, sealed, "hint", "index");
    var times = new Times(NOW.minusSeconds(1_000 - id), null, lastUsed);
    return new Factor(FactorId.of(bytes), "label", credential, state, failures, times);
  }

  private static Action action(String name, @Nullable String acr) {
    return new Action(
        name,
        false,
        acr,
        EnumSet.allOf(FactorKind.class),
        new Action.Display(null, false),
        Duration.ofMinutes(5));
  }

  private static Policy policy(Action... actions) {
    var window = new Window(10, Duration.ofMinutes(1));
    var sends = new SendLimits(Duration.ofSeconds(30), List.of(), window, window, window);
    return new Policy(
        new Tenant("acme"),
        new Policy.Parties(
            "Acme",
            List.of(new TrustedIssuer("https://idp.example", "")),
            List.of(new Client("console", List.of("spa"), List.of("stile"), "acme.example", "en"))),
        List.of(
            new Level("aal1", EnumSet.allOf(FactorKind.class)),
            new Level(
                "aal2", Set.of(WEBAUTHN, TOTP, SMS), Set.of(Level.Property.USER_VERIFICATION))),
        Arrays.stream(actions).collect(Collectors.toMap(Action::name, a -> a)),
        Set.of("CH"),
        new Limits(sends, window, window));
  }
}
