package dev.stile.testing.passkey;

/// What of a ceremony can be tampered with, as bytes, in the order in which it is made. Whatever
/// comes later is made of the tampered value: a changed counter is signed, a changed signature is
/// not.
public enum Step {
  /// Texts of the client data, as UTF-8.
  TYPE,
  CHALLENGE,
  ORIGIN,
  /// The JSON text as a whole.
  CLIENT_DATA,
  /// 32 bytes.
  RP_ID_HASH,
  /// One byte.
  FLAGS,
  /// Four bytes, big-endian.
  COUNTER,
  /// 16 bytes.
  AAGUID,
  /// Within the attested data; its length goes before it.
  ATTESTED_ID,
  /// The COSE key.
  PUBLIC_KEY,
  AUTHENTICATOR_DATA,
  SIGNATURE,
  /// The CBOR map `attStmt`.
  STATEMENT,
  ATTESTATION_OBJECT,
  /// Beside the signed: what the response calls its credential, and whose it says it is.
  RAW_ID,
  USER_HANDLE
}
