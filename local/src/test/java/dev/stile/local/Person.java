package dev.stile.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stile.challenge.Challenge;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.TotpParameters;
import dev.stile.factor.recovery.RecoveryCodes;
import dev.stile.key.Base32;
import dev.stile.key.Secret;
import dev.stile.local.Stage.Reply;
import dev.stile.vendor.totp.GoogleAuthHotp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Somebody on a stage, with a phone, an app, or both.
final class Person {
  private static final AtomicInteger BORN = new AtomicInteger();
  private static final String WRONG = "314159";

  final Stage stage;
  final String phone;
  private final String subject;
  private String phoneId = "";
  private String appId = "";
  private String secret = "";

  Person(Stage stage) {
    int number = BORN.incrementAndGet();
    this.stage = stage;
    this.subject = "person-" + number;
    this.phone = String.format(Locale.ROOT, "+4179%07d", 2_000_000 + number);
  }

  /// Somebody whom another process knew.
  Person(Stage stage, String subject) {
    this.stage = stage;
    this.subject = subject;
    this.phone = "";
  }

  String subject() {
    return subject;
  }

  /// With both factors.
  static Person enrolled(Stage stage) {
    var person = new Person(stage);
    person.keepApp(person.enrollApp(""));
    person.is(200, person.activate(person.appId, person.appCode(), ""));
    String grant = person.grant();
    Reply added = person.is(201, person.enrollPhone(grant));
    stage.settle();
    person.keepPhone(added);
    person.is(200, person.activate(person.phoneId, person.latest(), grant));
    return person;
  }

  Reply is(int status, Reply reply) {
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
    return reply;
  }

  void keepApp(Reply enrolled) {
    appId = enrolled.text("/id");
    secret = enrolled.text("/secret");
  }

  void keepPhone(Reply enrolled) {
    phoneId = enrolled.text("/id");
  }

  String phoneId() {
    return phoneId;
  }

  String appId() {
    return appId;
  }

  // Factors

  Reply enrollApp(String grant) {
    return stage.call(subject, "POST /v1/factors", "", Body.of("type", "totp"), grant);
  }

  Reply enrollPhone(String grant) {
    return stage.call(
        subject, "POST /v1/factors", "", Body.of("type", "sms", "phone", phone), grant);
  }

  Reply enrollPasskey() {
    return stage.call(subject, "POST /v1/factors", "", Body.of("type", "webauthn"), "");
  }

  Reply enrollMailbox() {
    return stage.call(
        subject, "POST /v1/factors", "", Body.of("type", "email", "email", mailbox()), "");
  }

  private String mailbox() {
    return subject + "@example.org";
  }

  Reply activate(String factor, String code, String grant) {
    return stage.call(
        subject, "POST /v1/factors/{factor_id}/activate", factor, Body.of("code", code), grant);
  }

  Reply activate(String factor, Map<String, Object> credential) {
    String body = Body.of("credential", credential);
    return stage.call(subject, "POST /v1/factors/{factor_id}/activate", factor, body, "");
  }

  Reply remove(String factor, String grant) {
    return stage.call(subject, "DELETE /v1/factors/{factor_id}", factor, "", grant);
  }

  // Challenges

  Reply ask(String action, String factor) {
    return stage.call(
        subject, "POST /v1/challenges", "", Body.of("action", action, "factor_id", factor), "");
  }

  /// The next factor of the chain that `wire` takes.
  Reply goOn(String next) {
    return stage.call(
        subject, "POST /v1/challenges", "", Body.of("action", "wire", "next", next), "");
  }

  Reply resend(String challenge) {
    return stage.call(subject, "POST /v1/challenges/{challenge_id}/resend", challenge, "", "");
  }

  Reply cancel(String challenge) {
    return stage.call(subject, "POST /v1/challenges/{challenge_id}/cancel", challenge, "", "");
  }

  Reply change(String challenge, String factor) {
    return stage.call(
        subject,
        "POST /v1/challenges/{challenge_id}/switch",
        challenge,
        Body.of("factor_id", factor),
        "");
  }

  Reply verify(String challenge, String code) {
    return stage.call(
        subject, "POST /v1/challenges/{challenge_id}/verify", challenge, Body.of("code", code), "");
  }

  Reply verify(String challenge, Map<String, Object> credential) {
    String body = Body.of("credential", credential);
    return stage.call(subject, "POST /v1/challenges/{challenge_id}/verify", challenge, body, "");
  }

  Reply atOnce(String code) {
    return stage.call(
        subject, "POST /v1/verifications", "", Body.of("action", "pay", "code", code), "");
  }

  Reply makeRecoveryCodes(String grant) {
    return stage.call(subject, "POST /v1/recovery-codes", "", "", grant);
  }

  Reply redeem(String code) {
    return stage.call(
        subject,
        "POST /v1/verifications",
        "",
        Body.of("action", "manage-factors", "recovery_code", code),
        "");
  }

  /// A grant for managing factors.
  String grant() {
    String challenge = is(201, ask("manage-factors", appId)).text("/id");
    return is(200, verify(challenge, appCode())).text("/grant/token");
  }

  // Codes

  /// A code that was not shown before.
  String appCode() {
    stage.clock.advance(Duration.ofMinutes(1));
    return appCode(secret);
  }

  String appCode(String ofSecret) {
    Secret seed = Secret.of(Base32.UPPER.decode(ofSecret));
    long step = TotpParameters.USUAL.stepAt(stage.clock.instant());
    return new GoogleAuthHotp().digits(seed, TotpParameters.USUAL, step);
  }

  /// All that came; the same code may come twice.
  List<String> codes() {
    List<String> codes = new ArrayList<>(stage.codes(phone));
    codes.addAll(stage.codes(mailbox()));
    return codes;
  }

  String latest() {
    return codes().getLast();
  }

  /// One that is not that one.
  static String wrong(String code) {
    return code.equals(WRONG) ? "271828" : WRONG;
  }

  // What the table says

  List<Factor> active() {
    return stage.account(subject).active();
  }

  RecoveryCodes.Remaining recovery() {
    return stage.recovery(subject);
  }

  boolean has(String factor) {
    return stage.account(subject).factor(new FactorId(factor)).isPresent();
  }

  int failures(String factor) {
    return stage.account(subject).factor(new FactorId(factor)).orElseThrow().failures().count();
  }

  Challenge challenge(String id) {
    return stage.challenge(subject, id).orElseThrow();
  }
}
