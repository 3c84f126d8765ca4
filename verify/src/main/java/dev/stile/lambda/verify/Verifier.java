package dev.stile.lambda.verify;

import dev.stile.audit.Log;
import dev.stile.factor.CredentialRecord;
import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.Ceremonies;
import dev.stile.factor.webauthn.Ceremonies.AssertionResponse;
import dev.stile.factor.webauthn.Ceremonies.AttestationResponse;
import dev.stile.factor.webauthn.Ceremonies.Authentication;
import dev.stile.factor.webauthn.Ceremonies.Refusal;
import dev.stile.factor.webauthn.Ceremonies.Registration;
import dev.stile.factor.webauthn.Ceremony;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The library of ceremonies, which is loaded when the first one is verified, so that a code never
/// waits for it. Which step failed goes to the log and not to the caller.
final class Verifier {
  private final Provider<Ceremonies> ceremonies;
  private final Log log;

  @Inject
  Verifier(Provider<Ceremonies> ceremonies, Log log) {
    this.ceremonies = ceremonies;
    this.log = log;
  }

  Registration register(Ceremony ceremony, AttestationPolicy policy, AttestationResponse response) {
    return ceremonies.get().register(ceremony, policy, response);
  }

  Authentication authenticate(
      Ceremony ceremony, CredentialRecord known, AssertionResponse response) {
    return ceremonies.get().authenticate(ceremony, known, response);
  }

  void log(String what, Refusal step, Instant now) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", now);
    line.put("refused", what);
    line.put("step", step.name().toLowerCase(Locale.ROOT));
    log.line(line);
  }
}
