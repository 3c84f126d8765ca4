package dev.stile.vendor.webauthn;

import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.key.Bytes;

/// What a new credential comes with (WebAuthn Level 3 §6.5.4): three members and nothing else.
record AttestationObject(String format, Cbor.Members statement, AuthenticatorData data) {
  static final String NO_FORMAT = "none";

  static AttestationObject of(Bytes bytes) {
    Cbor.Members members = CborReader.only(bytes.array());
    Failed.unless(members.values().size() == 3, Refusal.MALFORMED);
    return new AttestationObject(
        members.get(new Cbor.Text("fmt"), Cbor.Text.class).value(),
        members.get(new Cbor.Text("attStmt"), Cbor.Members.class),
        AuthenticatorData.of(members.get(new Cbor.Text("authData"), Cbor.Octets.class).value()));
  }
}
