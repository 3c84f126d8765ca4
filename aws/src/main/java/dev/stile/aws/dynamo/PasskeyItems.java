package dev.stile.aws.dynamo;

import dev.stile.factor.Credential;
import dev.stile.factor.Credential.Passkey;
import dev.stile.factor.Credential.PasskeyScope;
import dev.stile.factor.Credential.PasskeyUse;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.CredentialRecord;
import dev.stile.key.Bytes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What a factor's item holds of a passkey, before its registration and after it.
final class PasskeyItems {
  /// What only a registration needs.
  static final String OF_REGISTRATION = "#asked, #askUv, #own, #usedBy";

  private PasskeyItems() {}

  static Map<String, AttributeValue> write(PendingPasskey pending) {
    Map<String, AttributeValue> item = new HashMap<>(write(pending.scope()));
    item.put("asked", Values.text(pending.challenge().text()));
    item.put("askUv", Values.flag(pending.userVerification()));
    item.put("own", Values.text(pending.owner()));
    if (pending.usedBy() != null) {
      item.put("usedBy", Values.text(pending.usedBy()));
    }
    return item;
  }

  static Map<String, AttributeValue> write(Passkey passkey) {
    CredentialRecord record = passkey.record();
    var authenticator = record.authenticator();
    Map<String, AttributeValue> item = new HashMap<>(write(passkey.scope()));
    item.put("cred", Values.text(record.id().text()));
    item.put("pub", Values.text(record.publicKey().text()));
    item.put("backup", Values.flag(record.backup().eligible()));
    item.put("aaguid", Values.text(authenticator.aaguid().toString()));
    item.put("via", Values.texts(authenticator.transports()));
    item.put("att", Values.text(authenticator.attestation()));
    item.put("firstUv", Values.flag(authenticator.userVerified()));
    item.putAll(
        write(new PasskeyUse(record.signCount(), record.backup().state(), passkey.userVerified())));
    if (passkey.regressed() != null) {
      item.put("regressed", Values.moment(passkey.regressed()));
    }
    return item;
  }

  /// What an answer changes.
  static Map<String, AttributeValue> write(PasskeyUse use) {
    return Map.of(
        "signCount", Values.number(use.signCount()),
        "backedUp", Values.flag(use.backedUp()),
        "lastUv", Values.flag(use.userVerified()));
  }

  private static Map<String, AttributeValue> write(PasskeyScope scope) {
    return Map.of(
        "rp", Values.text(scope.relyingParty()), "handle", Values.text(scope.userHandle().text()));
  }

  static Credential read(Map<String, AttributeValue> item) {
    var scope = new PasskeyScope(Values.text(item, "rp"), bytes(item, "handle"));
    if (!item.containsKey("cred")) {
      return new PendingPasskey(
          scope,
          bytes(item, "asked"),
          Values.flag(item, "askUv"),
          Values.text(item, "own"),
          Values.optionalText(item, "usedBy"));
    }
    return new Passkey(
        scope, record(item), Values.flag(item, "lastUv"), Values.optionalMoment(item, "regressed"));
  }

  private static CredentialRecord record(Map<String, AttributeValue> item) {
    return new CredentialRecord(
        bytes(item, "cred"),
        bytes(item, "pub"),
        Values.number(item, "signCount", 0),
        new CredentialRecord.Backup(Values.flag(item, "backup"), Values.flag(item, "backedUp")),
        new CredentialRecord.Authenticator(
            UUID.fromString(Values.text(item, "aaguid")),
            new HashSet<>(Values.texts(item, "via")),
            Values.text(item, "att"),
            Values.flag(item, "firstUv")));
  }

  private static Bytes bytes(Map<String, AttributeValue> item, String name) {
    return Bytes.ofText(Values.text(item, name));
  }
}
