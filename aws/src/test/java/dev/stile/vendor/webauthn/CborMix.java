package dev.stile.vendor.webauthn;

import dev.stile.key.Bytes;
import dev.stile.testing.passkey.CborWriter;
import dev.stile.vendor.webauthn.SpecificationVectors.Vector;
import java.util.LinkedHashMap;
import java.util.Map;

/// Attestation objects put together from parts of others.
final class CborMix {
  private CborMix() {}

  /// The statement of one over the data of another.
  static Bytes statementOf(Vector statement, Vector data) {
    Map<Object, Object> object = members(statement.create().attestationObject().array());
    object.put("authData", members(data.create().attestationObject().array()).get("authData"));
    return Bytes.of(CborWriter.write(object));
  }

  static byte[] withFormat(byte[] attestation, String format) {
    Map<Object, Object> object = members(attestation);
    object.put("fmt", format);
    return CborWriter.write(object);
  }

  private static Map<Object, Object> members(byte[] attestation) {
    Map<Object, Object> members = new LinkedHashMap<>();
    CborReader.only(attestation)
        .values()
        .forEach((key, value) -> members.put(plain(key), plain(value)));
    return members;
  }

  private static Object plain(Cbor value) {
    return switch (value) {
      case Cbor.Whole(long number) -> number;
      case Cbor.Text(String text) -> text;
      case Cbor.Octets(Bytes octets) -> octets.array();
      case Cbor.Items(var values) -> values.stream().map(CborMix::plain).toList();
      case Cbor.Members(var values) -> {
        Map<Object, Object> members = new LinkedHashMap<>();
        values.forEach((key, member) -> members.put(plain(key), plain(member)));
        yield members;
      }
      case Cbor.Simple simple -> simple == Cbor.Simple.TRUE;
    };
  }
}
