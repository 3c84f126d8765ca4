package dev.stile.edge;

import dev.stile.challenge.Challenge;
import dev.stile.challenge.PasskeyPrompt;
import dev.stile.factor.Account;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.CredentialRecord;
import dev.stile.factor.Factor;
import dev.stile.factor.webauthn.AuthenticatorNames;
import dev.stile.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Credentials in the JSON of WebAuthn Level 3 §5.1.8 to §5.1.10, and as their owners see them.
public final class PasskeyViews {
  private PasskeyViews() {}

  static Map<String, Object> authenticator(Passkey passkey) {
    CredentialRecord record = passkey.record();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("aaguid", record.authenticator().aaguid().toString());
    AuthenticatorNames.of(record.authenticator().aaguid())
        .ifPresent(name -> view.put("name", name));
    view.put("transports", sorted(record));
    view.put("attestation", record.authenticator().attestation());
    view.put("user_verification", record.authenticator().userVerified());
    view.put("backup_eligible", record.backup().eligible());
    view.put("backed_up", record.backup().state());
    return view;
  }

  /// What `PublicKeyCredential.parseRequestOptionsFromJSON` takes; empty where no passkey can
  /// answer any more.
  public static Map<String, Object> request(
      Subject subject, Challenge challenge, Account account, Instant now) {
    if (!(challenge.prompt() instanceof PasskeyPrompt prompt)
        || !challenge.isLive(now)
        || challenge.attemptsLeft() == 0) {
      return Map.of();
    }
    Stream<Factor> allowed =
        account.factors().stream().filter(f -> prompt.credentials().containsValue(f.id()));
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("challenge", prompt.signedChallenge(subject, challenge).value().text());
    options.put("timeout", Duration.between(now, challenge.lifetime().expires()).toMillis());
    options.put("rpId", prompt.relyingParty());
    options.put("allowCredentials", descriptors(allowed));
    options.put("userVerification", userVerification(prompt.userVerification()));
    return options;
  }

  /// `PublicKeyCredentialDescriptorJSON` of every passkey among these.
  public static List<Map<String, Object>> descriptors(Stream<Factor> factors) {
    return factors
        .map(Factor::credential)
        .filter(Passkey.class::isInstance)
        .map(credential -> descriptor(((Passkey) credential).record()))
        .toList();
  }

  private static Map<String, Object> descriptor(CredentialRecord record) {
    Map<String, Object> descriptor = new LinkedHashMap<>();
    descriptor.put("id", record.id().text());
    descriptor.put("type", CredentialJson.TYPE);
    descriptor.put("transports", sorted(record));
    return descriptor;
  }

  private static List<String> sorted(CredentialRecord record) {
    return record.authenticator().transports().stream().sorted().toList();
  }

  /// Where it is not demanded it is still wanted: it makes a better grant.
  public static String userVerification(boolean demanded) {
    return demanded ? "required" : "preferred";
  }
}
