package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stile.engines.Fault;
import dev.stile.verifier.Grants;
import dev.stile.verifier.Judgement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What users and their applications do on a good day.
class FlowsTest {
  @RegisterExtension static final RunningStile STILE = new RunningStile();
  private final User user = STILE.user();

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<String> ids(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(element -> element.at("/id").asText())
        .toList();
  }

  @Nested
  class AnEnrollment {
    static Stream<Object[]> profiles() {
      return Stream.of("SHA1", "SHA256", "SHA512")
          .flatMap(hash ->
              Stream.of(6, 8)
                  .flatMap(digits ->
                      Stream.of(30, 60).map(period -> new Object[] {hash, digits, period})));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void takesEveryProfileOfAnAuthenticatorApp(String hash, int digits, int period) {
      Authenticator app = user.app("algorithm", hash, "digits", digits, "period", period);
      assertThat(app.code()).hasSize(digits);
      assertThat(app.seed().length * 8)
          .isEqualTo(hash.equals("SHA1") ? 160 : Integer.parseInt(hash.substring(3)));
      assertThat(user.approve("login", app).grant()).isNotEmpty();
    }

    @Tag("R08")
    @Test
    void showsTheSeedThreeWaysAndNeverAgain() {
      Answer enrollment = user.pendingApp(null, "label", "My app").enrollment();
      assertThat(enrollment.text("/status")).isEqualTo("pending");
      assertThat(enrollment.text("/label")).isEqualTo("My app");
      assertThat(enrollment.text("/otpauth_uri"))
          .startsWith("otpauth://totp/")
          .contains("secret=" + enrollment.text("/secret"));
      assertThat(enrollment.text("/qr_svg")).contains("<svg");
      assertThat(user.factor(enrollment.id()).is(200).body())
          .doesNotContain(enrollment.text("/secret"))
          .doesNotContain("otpauth");
      assertThat(user.get("/v1/factors").is(200).body()).doesNotContain(enrollment.text("/secret"));
    }

    @Test
    void isActiveAfterOneRightCode() {
      Authenticator app = user.pendingApp(null);
      Answer active = user.activate(app.id(), app.code(), null).is(200);
      assertThat(active.text("/status")).isEqualTo("active");
      assertThat(active.at("/expires_at").isMissingNode()).isTrue();
    }

    @Test
    void ofAPhoneGoesFromRequestedToPending() {
      Mailbox phone = user.pendingPhone(null);
      assertThat(phone.enrollment().text("/challenge/status")).isEqualTo("requested");
      Answer ready = user.delivered(phone.challenge());
      assertThat(ready.text("/status")).isEqualTo("pending");
      assertThat(ready.text("/delivery/status")).isEqualTo("sent");
      assertThat(phone.code()).hasSize(6);
    }

    @Test
    void ofAPhoneShowsItsNumberMasked() {
      Mailbox phone = user.phone();
      String tail = phone.address().substring(phone.address().length() - 2);
      assertThat(user.factor(phone.id()).text("/hint")).endsWith(tail);
      assertThat(user.get("/v1/factors").body()).doesNotContain(phone.address().substring(4));
      assertThat(phone.enrollment().body()).doesNotContain(phone.address().substring(4));
    }

    @Test
    void ofAMailboxShowsItsAddressMasked() {
      Mailbox email = user.email();
      assertThat(user.factor(email.id()).text("/hint")).contains("@");
      assertThat(user.get("/v1/factors").body()).doesNotContain(email.address());
      assertThat(email.enrollment().body()).doesNotContain(email.address());
    }

    @Test
    void sendsAnotherCodeOnDemand() {
      Mailbox phone = user.pendingPhone(null);
      String first = phone.code();
      user.delivered(phone.challenge());
      phone.rest();
      user.resend(phone.challenge()).is(200);
      String second = phone.code();
      assertThat(second).isNotEqualTo(first);
      user.activate(phone.id(), first, null).refuses(422, "code_incorrect");
      user.activate(phone.id(), second, null).is(200);
    }
  }

  @Nested
  class AFactor {
    @Test
    void isListedOldestFirst() {
      Authenticator app = user.app();
      Mailbox email = user.emailBesides(app);
      Mailbox phone = user.phoneBesides(app);
      assertThat(ids(user.get("/v1/factors").is(200).at("/items")))
          .containsExactly(app.id(), email.id(), phone.id());
    }

    @Test
    void isRenamed() {
      Authenticator app = user.app();
      assertThat(
              user.patch("/v1/factors/" + app.id(), Body.of("label", "Old app"))
                  .is(200)
                  .text("/label"))
          .isEqualTo("Old app");
      assertThat(user.factor(app.id()).text("/label")).isEqualTo("Old app");
    }

    @Test
    void isPreferredAloneOfAll() {
      Authenticator first = user.app();
      Authenticator second = user.appBesides(first);
      for (Authenticator app : List.of(first, second)) {
        user.patch("/v1/factors/" + app.id(), Body.of("preferred", true)).is(200);
      }
      assertThat(user.factor(first.id()).at("/preferred").asBoolean()).isFalse();
      assertThat(user.factor(second.id()).at("/preferred").asBoolean()).isTrue();
    }

    @Test
    void isRemovedWithAGrant() {
      Authenticator app = user.app();
      Mailbox email = user.emailBesides(app);
      user.remove(email.id(), user.grant(User.MANAGE, app)).is(204);
      user.factor(email.id()).refuses(404, "not_found");
      assertThat(ids(user.get("/v1/factors").at("/items"))).containsExactly(app.id());
    }

    @Test
    void tellsWhenItWasUsedLast() {
      Authenticator app = user.app();
      Instant before = STILE.time().instant();
      user.approve("login", app);
      assertThat(user.factor(app.id()).moment("/last_used_at"))
          .isAfterOrEqualTo(before.minusSeconds(1));
    }

    @Test
    void isThereForItsOwnerAlone() {
      user.app();
      assertThat(STILE.user().get("/v1/factors").is(200).body()).isEqualTo("{\"items\":[]}");
    }
  }

  @Nested
  class TheChoiceOfAFactor {
    private final Authenticator app = user.app();
    private final Mailbox email = user.emailBesides(app);
    private final Mailbox phone = user.phoneBesides(app);

    @Test
    void isTheStrongestAndNamesTheOthers() {
      Answer challenge = user.ask("action", "pay").is(201);
      assertThat(challenge.text("/factor/id")).isEqualTo(app.id());
      assertThat(ids(challenge.at("/alternatives"))).containsExactly(phone.id(), email.id());
      assertThat(challenge.text("/decision/acr")).isEqualTo("aal2");
    }

    @Test
    void isThePreferredAmongEquals() {
      Authenticator other = user.appBesides(app);
      user.patch("/v1/factors/" + app.id(), Body.of("preferred", true)).is(200);
      assertThat(user.ask("action", "pay").text("/factor/id")).isEqualTo(app.id());
      user.patch("/v1/factors/" + other.id(), Body.of("preferred", true)).is(200);
      assertThat(user.ask("action", "pay").text("/factor/id")).isEqualTo(other.id());
    }

    @Test
    void isTheLastUsedAmongEquals() {
      Authenticator other = user.appBesides(app);
      user.approve("login", app);
      assertThat(user.ask("action", "pay").text("/factor/id")).isEqualTo(app.id());
      user.approve("login", other);
      assertThat(user.ask("action", "pay").text("/factor/id")).isEqualTo(other.id());
    }

    @Test
    void isTheOneAskedFor() {
      email.rest();
      Answer challenge = user.ask("action", "pay", "factor_id", email.id()).is(201);
      assertThat(challenge.text("/factor/id")).isEqualTo(email.id());
      assertThat(challenge.text("/decision/acr")).isEqualTo("aal1");
    }

    @Test
    void isOfTheKindsAskedFor() {
      phone.rest();
      Answer challenge = user.ask("action", "pay", "factor_types", List.of("email", "sms")).is(201);
      assertThat(challenge.text("/factor/id")).isEqualTo(phone.id());
      assertThat(ids(challenge.at("/alternatives"))).containsExactly(email.id());
    }

    @Test
    void canBeRaisedByTheCaller() {
      user.ask("action", "pay", "acr_values", "aal2", "factor_id", email.id())
          .refuses(409, "no_factor");
      Answer challenge = user.ask("action", "pay", "acr_values", "aal2").is(201);
      assertThat(ids(challenge.at("/alternatives"))).containsExactly(phone.id());
    }

    @Test
    void takesTheLeastOfSeveralLevels() {
      email.rest();
      user.ask("action", "pay", "acr_values", "aal2 aal1", "factor_id", email.id()).is(201);
    }

    @Test
    void isNoFactorOfSomeoneElse() {
      User other = STILE.user();
      Authenticator theirs = other.app();
      user.ask("action", "pay", "factor_id", theirs.id()).refuses(409, "no_factor");
    }

    @Test
    void findsNothingForAUserWithoutFactors() {
      STILE.user().ask("action", "pay").refuses(409, "no_factor");
    }

    @Test
    void findsNothingAmongPendingFactors() {
      User other = STILE.user();
      Authenticator pending = other.pendingApp(null);
      other.ask("action", "pay", "factor_id", pending.id()).refuses(409, "no_factor");
    }

    @Test
    void isChangedBySwitching() {
      Answer old = user.ask("action", "pay", "binding", Map.of("amount", "5 EUR")).is(201);
      phone.rest();
      Answer fresh = user.change(old.id(), phone).is(201);
      assertThat(fresh.text("/factor/id")).isEqualTo(phone.id());
      assertThat(fresh.text("/action")).isEqualTo("pay");
      assertThat(fresh.text("/binding/amount")).isEqualTo("5 EUR");
      Answer ended = user.read(old.id());
      assertThat(ended.text("/status")).isEqualTo("canceled");
      assertThat(ended.text("/replaced_by")).isEqualTo(fresh.id());
      user.verify(old.id(), app.code()).refuses(409, "already_completed");
      user.verify(fresh.id(), phone.code()).is(200);
    }

    @Test
    void isSwitchedToAlternativesOnly() {
      Answer challenge = user.ask("action", "pay", "acr_values", "aal2").is(201);
      user.change(challenge.id(), email).refuses(409, "no_factor");
      assertThat(user.read(challenge.id()).text("/status")).isEqualTo("pending");
    }
  }

  @Nested
  class AGrant {
    private final Authenticator app = user.app();

    private Answer approved(Object... more) {
      Object[] body = Stream.concat(Stream.of("action", "transfer"), Stream.of(more)).toArray();
      app.rest();
      return user.verify(user.ask(body).is(201).id(), app.code()).is(200);
    }

    @Tag("R21")
    @Test
    void hasExactlyTheClaimsOfTheDesign() {
      Map<String, String> binding = Map.of("amount", "250.00 EUR", "to", "Ada Lovelace");
      Answer approval = approved("binding", binding);
      JsonNode claims = Tokens.claims(approval.grant());
      assertThat(claims.propertyStream().map(Map.Entry::getKey))
          .containsExactlyInAnyOrder(
              "iss",
              "sub",
              "aud",
              "client_id",
              "iat",
              "exp",
              "jti",
              "auth_time",
              "acr",
              "amr",
              "txn",
              "action",
              "bnd",
              "sid",
              "epoch",
              "scope");
      assertThat(claims.at("/iss").asText()).isEqualTo(STILE.api().base().toString());
      assertThat(claims.at("/sub").asText()).isEqualTo(user.subject());
      assertThat(claims.at("/aud").asText()).isEqualTo("stile");
      assertThat(claims.at("/client_id").asText()).isEqualTo("console");
      assertThat(claims.at("/jti").asText()).startsWith("grt_");
      assertThat(claims.at("/acr").asText()).isEqualTo("aal2");
      assertThat(texts(claims.at("/amr"))).containsExactly("otp");
      assertThat(claims.at("/txn").asText()).isEqualTo(approval.text("/challenge_id"));
      assertThat(claims.at("/action").asText()).isEqualTo("transfer");
      assertThat(claims.at("/scope").asText()).isEqualTo("stepup:transfer");
      assertThat(claims.at("/epoch").isInt()).isTrue();
      assertThat(claims.at("/exp").asLong() - claims.at("/iat").asLong()).isEqualTo(300);
      long now = STILE.time().instant().getEpochSecond();
      assertThat(claims.at("/auth_time").asLong()).isBetween(now - 5, now);
      assertThat(claims.at("/sid").asText())
          .isEqualTo(Tokens.claims(user.token()).at("/sid").asText());
    }

    @Test
    void isBoundToTheCanonicalFormOfTheBinding() throws NoSuchAlgorithmException {
      String canonical = "{\"amount\":\"250.00 EUR\",\"to\":\"Ada Löveläce\"}";
      Answer approval = approved("binding", Map.of("to", "Ada Löveläce", "amount", "250.00 EUR"));
      assertThat(Tokens.claims(approval.grant()).at("/bnd").asText()).isEqualTo(sha256(canonical));
    }

    @Test
    void isBoundToTheEmptyObjectWithoutABinding() throws NoSuchAlgorithmException {
      assertThat(Tokens.claims(approved().grant()).at("/bnd").asText()).isEqualTo(sha256("{}"));
    }

    private String sha256(String text) throws NoSuchAlgorithmException {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    @Test
    void isSignedWithEs256ByAPublishedKey() {
      JsonNode header = Tokens.header(approved().grant());
      assertThat(header.at("/alg").asText()).isEqualTo("ES256");
      assertThat(header.at("/typ").asText()).isEqualTo("stepup+jwt");
      assertThat(STILE.api().get("/.well-known/jwks.json").is(200).text("/keys/0/kid"))
          .isEqualTo(header.at("/kid").asText());
    }

    @Test
    void isAcceptedByTheVerifierOverThePublishedKeys() {
      Map<String, String> binding = Map.of("to", "Ada");
      String token = approved("binding", binding, "audience", "payments").grant();
      var verifier =
          Grants.verifier(STILE.api().base()).audience("payments").clock(STILE.time()).build();
      var asked = Grants.require("transfer").acr("aal2").binding(binding);
      assertThat(verifier.judge(token, asked)).isInstanceOf(Judgement.Accepted.class);
      assertThat(verifier.judge(token, Grants.require("transfer").binding(Map.of("to", "Eve"))))
          .isInstanceOf(Judgement.Insufficient.class);
      STILE.time().advance(Duration.ofMinutes(5));
      assertThat(verifier.judge(token, asked)).isInstanceOf(Judgement.Refused.class);
    }

    @Test
    void isForAnotherAudienceOfTheClientIfAskedFor() {
      assertThat(Tokens.claims(approved("audience", "payments").grant()).at("/aud").asText())
          .isEqualTo("payments");
    }

    @Test
    void isAtMostOneKibibyte() {
      assertThat(approved("binding", Map.of("to", "a".repeat(128))).grant().length())
          .isLessThanOrEqualTo(1024);
    }

    @Test
    void saysInTheAnswerWhatItSaysInItsClaims() {
      Answer approval = approved();
      JsonNode claims = Tokens.claims(approval.grant());
      assertThat(approval.text("/status")).isEqualTo("approved");
      assertThat(approval.text("/grant/token_type")).isEqualTo("stepup+jwt");
      assertThat(approval.at("/grant/expires_in").asInt()).isEqualTo(300);
      for (String name : List.of("acr", "amr", "auth_time", "txn")) {
        assertThat(approval.at("/grant/" + name)).isEqualTo(claims.at("/" + name));
      }
    }

    @Test
    void ofAPhoneNamesTheChannel() {
      Mailbox phone = user.phoneBesides(app);
      Answer approval = user.approve("login", phone);
      assertThat(texts(approval.at("/grant/amr"))).containsExactlyInAnyOrder("otp", "sms");
      assertThat(approval.text("/grant/acr")).isEqualTo("aal2");
    }

    @Test
    void ofAMailboxIsOfTheLowerLevel() {
      Mailbox email = user.emailBesides(app);
      Answer approval = user.approve("login", email);
      assertThat(texts(approval.at("/grant/amr"))).containsExactly("otp");
      assertThat(approval.text("/grant/acr")).isEqualTo("aal1");
    }

    @Test
    void tellsNothingOfDestinations() {
      Mailbox email = user.emailBesides(app);
      assertThat(Tokens.claims(user.grant("login", email)).toString())
          .doesNotContain(email.address());
    }
  }

  @Nested
  class AChallenge {
    @Tag("R02")
    @Test
    void lastsFiveMinutesUnlessAskedOtherwise() {
      Authenticator app = user.app();
      Answer usual = user.ask("action", "login").is(201);
      assertThat(Duration.between(usual.moment("/created_at"), usual.moment("/expires_at")))
          .isEqualTo(Duration.ofMinutes(5));
      Answer shortest = user.ask("action", "login", "expires_in", 60).is(201);
      assertThat(Duration.between(shortest.moment("/created_at"), shortest.moment("/expires_at")))
          .isEqualTo(Duration.ofMinutes(1));
      app.rest();
      user.verify(usual.id(), app.code()).is(200);
    }

    @Test
    void canBeAnsweredUntilItsLastSecond() {
      Authenticator app = user.app();
      Instant before = STILE.time().instant();
      Answer challenge = user.ask("action", "login", "expires_in", 60).is(201);
      STILE.time().until(before.plusSeconds(59));
      assertThat(user.read(challenge.id()).text("/status")).isEqualTo("pending");
      user.verify(challenge.id(), app.code()).is(200);
    }

    @Tag("R02")
    @Test
    void cannotBeAnsweredFromItsExpiryOn() {
      Authenticator app = user.app();
      Answer challenge = user.ask("action", "login", "expires_in", 60).is(201);
      STILE.time().until(STILE.time().instant().plusSeconds(60));
      user.verify(challenge.id(), app.code()).refuses(410, "challenge_expired");
      assertThat(user.read(challenge.id()).text("/status")).isEqualTo("expired");
    }

    @Test
    void isShownAsApprovedOnceItIs() {
      Authenticator app = user.app();
      String id = user.approve("login", app).text("/challenge_id");
      assertThat(user.read(id).text("/status")).isEqualTo("approved");
      app.rest();
      user.verify(id, app.code()).refuses(409, "already_completed");
    }

    @Test
    void isCanceledByItsOwner() {
      Authenticator app = user.app();
      String id = user.challenge("login", app).id();
      assertThat(user.cancel(id).is(200).text("/status")).isEqualTo("canceled");
      user.verify(id, app.code()).refuses(409, "already_completed");
      user.cancel(id).refuses(409, "already_completed");
      user.resend(id).refuses(409, "already_completed");
      user.change(id, app).refuses(409, "already_completed");
    }

    @Test
    void isReadableForTenMinutesAfterItsEnd() {
      Authenticator app = user.app();
      String id = user.approve("login", app).text("/challenge_id");
      STILE.time().advance(Duration.ofSeconds(590));
      assertThat(user.read(id).text("/status")).isEqualTo("approved");
    }

    @Test
    void showsTheTransactionToTheUser() {
      user.app();
      Answer challenge =
          user.ask("action", "transfer", "binding", Map.of("amount", "5 EUR", "to", "Ada")).is(201);
      assertThat(challenge.text("/display"))
          .contains("transfer")
          .contains("amount: 5 EUR")
          .contains("to: Ada");
    }

    @Test
    void canBeOneOfFourForAnApp() {
      Authenticator app = user.app();
      List<String> live =
          Stream.generate(() -> user.ask("action", "login").is(201).id()).limit(4).toList();
      user.ask("action", "login").refuses(429, "rate_limited");
      user.cancel(live.getFirst()).is(200);
      Answer another = user.ask("action", "login").is(201);
      app.rest();
      user.verify(another.id(), app.code()).is(200);
    }
  }

  @Nested
  class ASentCode {
    private final Mailbox phone = user.phone();

    @Test
    void standsFirstInTheMessageAndNamesTheTransaction() {
      phone.rest();
      Answer challenge =
          user.ask("action", "transfer", "binding", Map.of("amount", "5 EUR")).is(201);
      String body = phone.next().at("/body").asText();
      assertThat(body).matches("(?s)\\d{6} .*").contains(challenge.text("/display"));
      assertThat(body.lines().reduce((a, b) -> b)).contains("@localhost #" + Mailbox.codeIn(body));
    }

    @Tag("R01")
    @Test
    void hasEightDigitsByMail() {
      Mailbox email = STILE.user().email();
      assertThat(email.messages()).hasSize(1);
      assertThat(Mailbox.codeIn(email.messages().getFirst().at("/body").asText())).hasSize(8);
    }

    @Test
    void isSentOnceAndToldAsSent() {
      Answer challenge = user.challenge("login", phone);
      assertThat(challenge.text("/delivery/status")).isEqualTo("queued");
      assertThat(user.delivered(challenge.id()).text("/delivery/status")).isEqualTo("sent");
      assertThat(phone.messages()).hasSize(2);
    }

    @Test
    void isToldAsFailedWhereTheCarrierRefusesIt() {
      phone.told(1);
      STILE
          .server()
          .engines()
          .capture()
          .faults()
          .plan("sns:Publish", 1, new Fault.Refused("OptedOut"));
      Answer challenge = user.challenge("login", phone);
      Answer told = user.delivered(challenge.id());
      assertThat(told.text("/delivery/status")).isEqualTo("failed");
      assertThat(told.text("/delivery/reason")).isNotEmpty();
      assertThat(told.text("/status")).isEqualTo("pending");
      phone.rest();
      user.resend(challenge.id()).is(200);
      user.verify(challenge.id(), phone.code()).is(200);
    }

    @Test
    void isReplacedByAResend() {
      String id = user.challenge("login", phone).id();
      String first = phone.code();
      Answer before = user.delivered(id);
      phone.rest();
      Answer after = user.resend(id).is(200);
      assertThat(after.id()).isEqualTo(id);
      assertThat(after.text("/expires_at")).isEqualTo(before.text("/expires_at"));
      assertThat(after.at("/resend/left").asInt()).isEqualTo(1);
      String second = phone.code();
      user.verify(id, first).refuses(422, "code_incorrect");
      user.verify(id, second).is(200);
    }

    @Test
    void isNotResentWithinThirtySeconds() {
      phone.rest();
      Instant before = STILE.time().instant();
      Answer challenge = user.ask("action", "login").is(201);
      STILE.time().until(before.plusSeconds(29));
      Answer soon = user.resend(challenge.id()).refuses(429, "resend_too_soon");
      assertThat(soon.moment("/retry_at")).isEqualTo(challenge.moment("/resend/not_before"));
      STILE.time().until(challenge.moment("/resend/not_before"));
      user.resend(challenge.id()).is(200);
    }

    @Test
    void isNotSentToTheSameNumberWithinThirtySecondsByANewChallengeEither() {
      user.challenge("login", phone);
      user.ask("action", "login").refuses(429, "resend_too_soon");
    }

    @Tag("R06")
    @Test
    void isSentThreeTimesInTenMinutes() {
      user.challenge("login", phone);
      Answer third = user.challenge("login", phone);
      phone.rest();
      Answer capped = user.resend(third.id()).refuses(429, "rate_limited");
      assertThat(capped.header("Retry-After")).isPresent();
      STILE.time().until(capped.moment("/retry_at"));
      user.ask("action", "login").is(201);
    }

    @Tag("R06")
    @Test
    void isSentFiveTimesInAnHour() {
      assertThat(sentEveryTenMinutes(1)).isEqualTo(5);
    }

    @Tag("R06")
    @Test
    void isSentTenTimesInADay() {
      Instant first = phone.enrollment().moment("/created_at");
      assertThat(sentEveryTenMinutes(1)).isEqualTo(5);
      STILE.time().advance(Duration.ofMinutes(1));
      assertThat(sentEveryTenMinutes(5)).isEqualTo(10);
      Answer capped = user.ask("action", "login").refuses(429, "rate_limited");
      assertThat(capped.moment("/retry_at"))
          .isBetween(first.plus(Duration.ofDays(1)), first.plus(Duration.ofDays(1)).plusSeconds(5));
    }

    /// How many were sent when the first is refused.
    private int sentEveryTenMinutes(int before) {
      int sent = before;
      while (true) {
        STILE.time().advance(Duration.ofMinutes(10));
        Answer answer = user.signIn().ask("action", "login");
        if (answer.status() != 201) {
          answer.refuses(429, "rate_limited");
          return sent;
        }
        sent++;
      }
    }

    @Test
    void endsTheChallengeBefore() {
      Answer first = user.challenge("login", phone);
      String code = phone.code();
      Answer second = user.challenge("login", phone);
      Answer ended = user.read(first.id());
      assertThat(ended.text("/status")).isEqualTo("canceled");
      assertThat(ended.text("/replaced_by")).isEqualTo(second.id());
      user.verify(first.id(), code).refuses(409, "already_completed");
      user.verify(second.id(), phone.code()).is(200);
    }

    @Test
    void isNeverSentForAnApp() {
      User other = STILE.user();
      Authenticator app = other.app();
      Answer challenge = other.challenge("login", app);
      assertThat(challenge.at("/resend").isMissingNode()).isTrue();
      assertThat(challenge.at("/delivery").isMissingNode()).isTrue();
      other.resend(challenge.id()).refuses(400, "invalid_request");
    }
  }
}
