package dev.stile.aws.dynamo;

import dev.stile.audit.EventId;
import dev.stile.challenge.ChallengeId;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.FactorId;
import dev.stile.factor.FactorKind;
import dev.stile.signin.SignIn;
import dev.stile.subject.Subject;
import dev.stile.subject.Tenant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The keys of the table's items. All begin with their tenant or with what belongs to none.
final class ItemKeys {
  static final String PROFILE = "PROFILE";
  static final String FACTOR_PREFIX = "F#";
  static final String PASSKEY_CHALLENGES = "F#WEBAUTHN";
  static final String RECOVERY_CODES = FACTOR_PREFIX + "RC";

  private static final Pattern PARTITION = Pattern.compile("T#([^#]*)#U#(.*)", Pattern.DOTALL);

  private ItemKeys() {}

  static String partition(Subject subject) {
    return "T#" + subject.tenant().id() + "#U#" + subject.id();
  }

  /// The subject of a partition. A tenant has no `#` in it.
  static Subject subject(String partition) {
    Matcher matcher = PARTITION.matcher(partition);
    if (!matcher.matches()) {
      throw new IllegalStateException("no partition of a subject");
    }
    return new Subject(new Tenant(matcher.group(1)), matcher.group(2));
  }

  /// The factor of a sort key; empty where it is of something else.
  static Optional<FactorId> factor(String sk) {
    return sk.startsWith(FACTOR_PREFIX + FactorId.PREFIX)
        ? Optional.of(new FactorId(sk.substring(FACTOR_PREFIX.length())))
        : Optional.empty();
  }

  /// Its parts are told apart by their lengths, whatever is in them.
  static Map<String, AttributeValue> signIn(SignIn.Place place) {
    return key(
        "L#" + place.pool().length() + "#" + place.pool() + "#" + place.user(),
        "SIGN-IN#" + place.client());
  }

  static Map<String, AttributeValue> profile(Subject subject) {
    return key(partition(subject), PROFILE);
  }

  static Map<String, AttributeValue> factor(Subject subject, FactorId id) {
    return key(partition(subject), FACTOR_PREFIX + id.text());
  }

  /// The item that a challenge is an entry of: its factor's, or the one that all of the subject's
  /// passkeys share.
  static Map<String, AttributeValue> ofChallenge(Subject subject, ChallengeId id) {
    return id.kind() == FactorKind.WEBAUTHN
        ? passkeyChallenges(subject)
        : factor(subject, id.factor());
  }

  static Map<String, AttributeValue> passkeyChallenges(Subject subject) {
    return key(partition(subject), PASSKEY_CHALLENGES);
  }

  /// Who has a credential: the same item for everyone, so that nobody else can have it.
  static Map<String, AttributeValue> credential(Passkey passkey) {
    return key("CRED#" + passkey.scope().relyingParty() + "#" + passkey.index(), "OWNER");
  }

  static Map<String, AttributeValue> recoveryCodes(Subject subject) {
    return key(partition(subject), RECOVERY_CODES);
  }

  /// The partition of a subject's audit records.
  static String audit(Subject subject) {
    return "A#" + partition(subject);
  }

  static Map<String, AttributeValue> notice(Subject subject, EventId id) {
    return key("N#" + partition(subject), id.text());
  }

  static Map<String, AttributeValue> policy(Tenant tenant) {
    return key("P#" + tenant.id(), "POLICY");
  }

  /// The name is a hash, which no grant's id is.
  static Map<String, AttributeValue> proof(String name) {
    return key("S#" + name, "PROOF");
  }

  static Map<String, AttributeValue> grant(String jti) {
    return key("S#" + jti, "GRANT");
  }

  static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of("pk", Values.text(pk), "sk", Values.text(sk));
  }
}
