package dev.stile.lambda.enroll;

import dev.stile.assurance.Client.Passkeys;
import dev.stile.edge.PasskeyViews;
import dev.stile.factor.Account;
import dev.stile.factor.Credential.PasskeyScope;
import dev.stile.factor.Credential.PendingPasskey;
import dev.stile.factor.webauthn.Algorithm;
import dev.stile.subject.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `PublicKeyCredential.parseCreationOptionsFromJSON` takes (WebAuthn Level 3 §5.1.9).
record CreationOptions(Subject subject, Account account, PendingPasskey passkey) {
  Map<String, Object> view(String tenant, Passkeys settings) {
    PasskeyScope scope = passkey.scope();
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("rp", Map.of("id", scope.relyingParty(), "name", tenant));
    options.put("user", user(scope));
    options.put("challenge", passkey.challenge().text());
    options.put(
        "pubKeyCredParams", Algorithm.OFFERED.stream().map(CreationOptions::parameter).toList());
    options.put("timeout", PendingFactors.PASSKEY_LIFETIME.toMillis());
    options.put("excludeCredentials", known(scope));
    options.put("authenticatorSelection", selection());
    options.put("attestation", settings.attestation().conveyance().wire());
    options.put("extensions", Map.of("credProps", true));
    return options;
  }

  private Map<String, Object> user(PasskeyScope scope) {
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("id", scope.userHandle().text());
    user.put("name", subject.id());
    user.put("displayName", subject.id());
    return user;
  }

  private static Map<String, Object> parameter(Algorithm algorithm) {
    Map<String, Object> parameter = new LinkedHashMap<>();
    parameter.put("type", "public-key");
    parameter.put("alg", algorithm.cose());
    return parameter;
  }

  /// An authenticator that has one of these makes no second.
  private List<Map<String, Object>> known(PasskeyScope scope) {
    return PasskeyViews.descriptors(account.at(scope.relyingParty()).factors().stream());
  }

  private Map<String, Object> selection() {
    Map<String, Object> selection = new LinkedHashMap<>();
    selection.put("residentKey", "preferred");
    selection.put("requireResidentKey", false);
    selection.put("userVerification", PasskeyViews.userVerification(passkey.userVerification()));
    return selection;
  }
}
