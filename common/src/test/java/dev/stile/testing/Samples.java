package dev.stile.testing;

import dev.stile.challenge.Approval;
import dev.stile.challenge.Binding;
import dev.stile.challenge.Challenge;
import dev.stile.challenge.ChallengeId;
import dev.stile.challenge.Dispatch;
import dev.stile.challenge.PasskeyPrompt;
import dev.stile.challenge.Prompt;
import dev.stile.challenge.Status;
import dev.stile.factor.Credential;
import dev.stile.factor.CredentialRecord;
import dev.stile.factor.Factor;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.factor.FactorState;
import dev.stile.factor.Failures;
import dev.stile.factor.Gate;
import dev.stile.factor.TotpParameters;
import dev.stile.key.Fields;
import dev.stile.key.RandomIds;
import dev.stile.key.Sealed;
import dev.stile.subject.Door;
import dev.stile.subject.Principal;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sample values. Identifiers come from one fixed seed and never repeat within a run.
public final class Samples {
  /// The moment at which most tests begin: far ahead of every wall clock, so that no store sweeps
  /// away as expired what a test has just written.
  public static final Instant NOW = Instant.parse("2099-11-22T08:00:00Z");

  /// When sample factors were enrolled: long ago, so that nothing of it is under way any more.
  public static final Instant ENROLLED = NOW.minus(Duration.ofDays(1));

  /// How long a sample challenge can be answered.
  public static final Duration LIFE = Duration.ofMinutes(5);

  /// How long a sample enrollment waits for its first code.
  public static final Duration LAPSE = Duration.ofMinutes(10);

  public static final RandomIds IDS = new RandomIds(new SeededRandom(20261122));

  private Samples() {}

  /// A subject that no test has used before.
  public static Subject subject() {
    return new Subject(new Tenant("default"), "user-" + IDS.text());
  }

  public static Principal principal(Subject subject) {
    return new Principal(Door.SELF_SERVICE, "console", subject, "session-of-" + subject.id());
  }

  /// A grant for managing factors that nobody has used.
  public static Gate.Granted grant() {
    return new Gate.Granted("grt_" + IDS.text(), NOW.plusSeconds(300));
  }

  /// One that a recovery code was given for.
  public static Gate.Recovered recovered() {
    return new Gate.Recovered("grt_" + IDS.text(), NOW.plusSeconds(300));
  }

  /// The name of one call.
  public static String request() {
    return "req_" + IDS.text();
  }

  /// Something of the shape of a keyed digest.
  public static String digest(Object... fields) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Fields.digest(fields));
  }

  public static Factor pending(FactorKind kind, Instant created) {
    return pending(kind, created, created.plus(LAPSE));
  }

  public static Factor pending(FactorKind kind, Instant created, Instant lapses) {
    return new Factor(
        FactorId.random(IDS),
        "My " + kind.wire(),
        credential(kind),
        FactorState.PENDING,
        Failures.NONE,
        new Factor.Times(created, lapses, null));
  }

  /// What stands in for the factor of a user who has none.
  public static Factor decoy() {
    return new Factor(
        FactorId.random(IDS),
        "Authenticator app",
        credential(FactorKind.TOTP),
        FactorState.DECOY,
        Failures.NONE,
        new Factor.Times(NOW, null, null));
  }

  public static Credential credential(FactorKind kind) {
    var sealed = new Sealed(1, digest("sealed", IDS.text()));
    return switch (kind) {
      case WEBAUTHN ->
          new Credential.PendingPasskey(scope(), IDS.nonce(), false, "owner-of-registration", null);
      case TOTP -> new Credential.Totp(sealed, TotpParameters.USUAL, Credential.TotpProgress.NEW);
      case SMS -> new Credential.Destination(kind, sealed, "••• 09", digest("index", IDS.text()));
      case EMAIL ->
          new Credential.Destination(kind, sealed, "a•••@example.org", digest("index", IDS.text()));
    };
  }

  private static Credential.PasskeyScope scope() {
    return new Credential.PasskeyScope("example.org", IDS.nonce());
  }

  /// A credential that nobody has yet, whose counter stands at 1.
  public static Credential.Passkey passkey() {
    var device = new CredentialRecord.Authenticator(new UUID(1, 2), Set.of("usb"), "none", true);
    var record =
        new CredentialRecord(
            IDS.nonce(), IDS.nonce(), 1, new CredentialRecord.Backup(true, false), device);
    return new Credential.Passkey(scope(), record, true, null);
  }

  public static Approval approval() {
    return new Approval(
        "console",
        "https://api.example.org",
        "transfer",
        Binding.of(Map.of("amount", "250,00 €", "to", "Zoë")),
        "Transfer 250,00 € to Zoë",
        new Approval.Decision("aal2", List.of("action requires aal2", "sms reaches it")),
        3);
  }

  private static @Nullable Prompt prompt(FactorId factor, FactorKind kind, Instant now) {
    return switch (kind) {
      case TOTP -> null;
      case SMS, EMAIL -> Dispatch.first(now, "de-AT");
      case WEBAUTHN ->
          new PasskeyPrompt(
              "example.org", IDS.nonce(), true, Map.of(digest(factor.text()), factor));
    };
  }

  /// The same challenge for another approval.
  public static Challenge approving(Challenge challenge, Approval approval) {
    return new Challenge(
        challenge.id(),
        challenge.owner(),
        approval,
        challenge.lifetime(),
        challenge.progress(),
        challenge.prompt());
  }

  /// A challenge as a use case would open it; one whose code is sent has its first dispatch.
  public static Challenge challenge(
      FactorId factor, FactorKind kind, String owner, Status status, Instant now) {
    return new Challenge(
        ChallengeId.random(IDS, kind, factor, 1),
        owner,
        approval(),
        new Challenge.Lifetime(now, now.plus(LIFE)),
        Challenge.Progress.of(status),
        prompt(factor, kind, now));
  }
}
