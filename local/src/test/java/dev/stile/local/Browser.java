package dev.stile.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.key.Bytes;
import dev.stile.testing.passkey.Passkey;
import dev.stile.testing.passkey.Passkey.Options;
import dev.stile.testing.passkey.PasskeyJson;
import dev.stile.testing.passkey.Tampering;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A user's browser on the console's page, with whatever authenticators are at hand.
record Browser(User user, String origin) {
  /// A passkey that is a factor now.
  record Held(String id, Passkey passkey, Bytes handle) {}

  Answer begin(@Nullable String grant) {
    return user.enroll(grant, "type", "webauthn").is(201);
  }

  private Options creation(Answer enrollment) {
    JsonNode options = enrollment.at("/webauthn");
    return new Options(
        options.at("/rp/id").asText(),
        origin,
        Bytes.ofText(options.at("/challenge").asText()),
        handle(enrollment));
  }

  static Bytes handle(Answer enrollment) {
    return Bytes.ofText(enrollment.text("/webauthn/user/id"));
  }

  AttestationResponse create(Answer enrollment, Passkey passkey) {
    return passkey.create(creation(enrollment));
  }

  Answer activate(Answer enrollment, AttestationResponse response, @Nullable String grant) {
    return activate(enrollment.id(), PasskeyJson.members(response), grant);
  }

  Answer activate(String factor, Object credential, @Nullable String grant) {
    return user.send(
        "POST",
        "/v1/factors/" + factor + "/activate",
        Body.of("credential", credential),
        grant == null ? Map.of() : Map.of("Stile-Grant", grant));
  }

  Held register(Passkey passkey, @Nullable String grant) {
    Answer enrollment = begin(grant);
    activate(enrollment, create(enrollment, passkey), grant).is(200);
    return new Held(enrollment.id(), passkey, handle(enrollment));
  }

  Held register(Passkey.Model model) {
    return register(Passkey.of(model), null);
  }

  /// What a passkey says to a challenge.
  AssertionResponse get(Answer challenge, Held held, Tampering tampering) {
    JsonNode options = challenge.at("/webauthn");
    return held.passkey()
        .get(
            new Options(
                options.at("/rpId").asText(),
                origin,
                Bytes.ofText(options.at("/challenge").asText()),
                held.handle()),
            tampering);
  }

  AssertionResponse get(Answer challenge, Held held) {
    return get(challenge, held, Tampering.NONE);
  }

  Answer verify(Answer challenge, AssertionResponse response) {
    return verify(challenge, PasskeyJson.members(response));
  }

  Answer verify(Answer challenge, Object credential) {
    return user.post(
        "/v1/challenges/" + challenge.id() + "/verify", Body.of("credential", credential));
  }

  Answer approve(Answer challenge, Held held) {
    return verify(challenge, get(challenge, held)).is(200);
  }

  String grant(String action, Held held) {
    return approve(user.ask("action", action, "factor_id", held.id()).is(201), held).grant();
  }

  /// One member of a credential changed, left out where the value is null; `path` names it.
  static Map<String, Object> changed(
      Map<String, Object> credential, String path, @Nullable Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(credential);
    int dot = path.indexOf('.');
    if (dot > 0) {
      String outer = path.substring(0, dot);
      @SuppressWarnings("unchecked")
      var inner = (Map<String, Object>) Objects.requireNonNull(credential.get(outer));
      copy.put(outer, changed(inner, path.substring(dot + 1), value));
    } else if (value == null) {
      copy.remove(path);
    } else {
      copy.put(path, value);
    }
    return copy;
  }
}
