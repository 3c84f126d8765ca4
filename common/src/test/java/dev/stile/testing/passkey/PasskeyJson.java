package dev.stile.testing.passkey;

import dev.stile.edge.JsonText;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.key.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `PublicKeyCredential.toJSON()` gives for a response (WebAuthn Level 3 §5.1.7).
public final class PasskeyJson {
  private PasskeyJson() {}

  public static String of(AttestationResponse response) {
    return JsonText.of(members(response));
  }

  public static String of(AssertionResponse response) {
    return JsonText.of(members(response));
  }

  public static Map<String, Object> members(AttestationResponse response) {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("clientDataJSON", response.clientData().text());
    made.put("attestationObject", response.attestationObject().text());
    made.put("transports", List.copyOf(response.transports()));
    return credential(response.id(), made);
  }

  public static Map<String, Object> members(AssertionResponse response) {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("clientDataJSON", response.clientData().text());
    made.put("authenticatorData", response.authenticatorData().text());
    made.put("signature", response.signature().text());
    Bytes user = response.userHandle();
    if (user != null) {
      made.put("userHandle", user.text());
    }
    return credential(response.id(), made);
  }

  private static Map<String, Object> credential(Bytes id, Map<String, Object> response) {
    Map<String, Object> credential = new LinkedHashMap<>();
    credential.put("id", id.text());
    credential.put("rawId", id.text());
    credential.put("type", "public-key");
    credential.put("response", response);
    credential.put("authenticatorAttachment", "platform");
    credential.put("clientExtensionResults", Map.of());
    return credential;
  }
}
