package dev.stile.edge;

import dev.stile.factor.CredentialRecord;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.key.Bytes;
import dev.stile.problem.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads what `PublicKeyCredential.toJSON()` gives (WebAuthn Level 3 §5.1.8), and nothing beside
/// it. What only repeats the signed bytes in another form is checked for its form and not used.
public final class CredentialJson {
  static final String TYPE = "public-key";

  private static final String ID = "id";
  private static final int MAX_CLIENT_DATA = 4096;
  private static final int MAX_AUTHENTICATOR_DATA = 4096;
  private static final int MAX_ATTESTATION = 12 * 1024;
  private static final int MAX_SIGNATURE = 1024;
  private static final int MAX_PUBLIC_KEY = 2048;

  /// WebAuthn Level 3 §5.4.3.
  private static final int MAX_USER_HANDLE = 64;

  private static final int MAX_TRANSPORTS = 16;
  private static final int MAX_TRANSPORT = 32;
  private static final Set<String> ATTACHMENTS = Set.of("platform", "cross-platform");

  private CredentialJson() {}

  /// The member `credential` of an activation.
  public static AttestationResponse attestation(JsonObject body) {
    JsonObject credential = credential(body);
    Bytes id = id(credential);
    JsonObject response = response(credential);
    Bytes clientData = bytes(response, "clientDataJSON", MAX_CLIENT_DATA);
    Bytes attestation = bytes(response, "attestationObject", MAX_ATTESTATION);
    Set<String> transports = transports(response);
    optionalBytes(response, "authenticatorData", MAX_AUTHENTICATOR_DATA);
    optionalBytes(response, "publicKey", MAX_PUBLIC_KEY);
    response.wholeNumber("publicKeyAlgorithm");
    response.noMore();
    return new AttestationResponse(id, clientData, attestation, transports);
  }

  /// The member `credential` of an answer to a challenge.
  public static AssertionResponse assertion(JsonObject body) {
    JsonObject credential = credential(body);
    Bytes id = id(credential);
    JsonObject response = response(credential);
    Bytes clientData = bytes(response, "clientDataJSON", MAX_CLIENT_DATA);
    Bytes authenticatorData = bytes(response, "authenticatorData", MAX_AUTHENTICATOR_DATA);
    Bytes signature = bytes(response, "signature", MAX_SIGNATURE);
    Bytes userHandle = optionalBytes(response, "userHandle", MAX_USER_HANDLE).orElse(null);
    optionalBytes(response, "attestationObject", MAX_ATTESTATION);
    response.noMore();
    return new AssertionResponse(id, clientData, authenticatorData, signature, userHandle);
  }

  private static JsonObject credential(JsonObject body) {
    JsonObject credential = required(body, "credential");
    body.noMore();
    return credential;
  }

  private static Bytes id(JsonObject credential) {
    Bytes id = bytes(credential, ID, CredentialRecord.MAX_ID_BYTES);
    if (id.length() == 0) {
      throw credential.wrong(ID, "is empty");
    }
    if (!bytes(credential, "rawId", CredentialRecord.MAX_ID_BYTES).equals(id)) {
      throw credential.wrong("rawId", "is not the id");
    }
    if (!credential.text("type").equals(TYPE)) {
      throw credential.wrong("type", "is not " + TYPE);
    }
    credential
        .optionalText("authenticatorAttachment")
        .filter(attachment -> !ATTACHMENTS.contains(attachment))
        .ifPresent(attachment -> {
          throw credential.wrong("authenticatorAttachment", "is not platform or cross-platform");
        });
    // Extensions that were not asked for are ignored (WebAuthn Level 3 §7.1 step 20).
    credential.object("clientExtensionResults");
    return id;
  }

  private static JsonObject response(JsonObject credential) {
    JsonObject response = required(credential, "response");
    credential.noMore();
    return response;
  }

  /// Transports that are not known yet are kept: they are for the browser to understand.
  private static Set<String> transports(JsonObject response) {
    List<String> transports = response.texts("transports").orElse(List.of());
    boolean fit =
        transports.size() <= MAX_TRANSPORTS
            && transports.stream().allMatch(CredentialJson::isTransport);
    if (!fit) {
      throw response.wrong("transports", "holds more or other than short names");
    }
    return new HashSet<>(transports);
  }

  private static boolean isTransport(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_TRANSPORT
        && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '-');
  }

  private static Bytes bytes(JsonObject object, String name, int most) {
    return object.parse(name, decoding(most));
  }

  private static Optional<Bytes> optionalBytes(JsonObject object, String name, int most) {
    return object.optionalParse(name, decoding(most));
  }

  private static Function<String, Bytes> decoding(int most) {
    return text -> {
      Bytes bytes = decoded(text);
      if (bytes.length() > most) {
        throw new IllegalArgumentException("over " + most + " bytes");
      }
      return bytes;
    };
  }

  /// The JDK's message quotes the input.
  private static Bytes decoded(String text) {
    try {
      return Bytes.ofText(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not base64url without padding", e);
    }
  }

  private static JsonObject required(JsonObject object, String name) {
    return object.object(name).orElseThrow(() -> missing(object, name));
  }

  private static ProblemException missing(JsonObject object, String name) {
    return object.wrong(name, "is missing");
  }
}
