package dev.stile.edge;

import dev.stile.assurance.ClaimNames;
import dev.stile.assurance.Provider;
import dev.stile.assurance.TokenShape;
import dev.stile.assurance.TrustedIssuer;
import dev.stile.factor.FactorKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads whose access tokens are taken, and what they look like.
final class IssuerReader {
  private IssuerReader() {}

  static TrustedIssuer read(JsonObject object) {
    String issuer = object.text("issuer");
    String namespace = object.optionalText("namespace").orElse("");
    Provider provider = provider(object);
    List<String> audiences = object.texts("audiences").orElse(List.of());
    if (object.has("audiences") && (audiences.isEmpty() || audiences.contains(""))) {
      throw object.wrong("audiences", "names no audience");
    }
    Map<String, String> required =
        object.object("required_claims").map(JsonObject::allTexts).orElse(Map.of());
    var shape = new TokenShape(provider, Set.copyOf(audiences), names(object, provider), required);
    Map<String, FactorKind> amr = amr(object);
    object.noMore();
    return object.check(() -> new TrustedIssuer(issuer, namespace, shape, amr));
  }

  private static Provider provider(JsonObject object) {
    String name = object.optionalText("provider").orElse(Provider.OPENID.wire());
    return Provider.ofWire(name)
        .orElseThrow(() -> object.wrong("provider", "names the unknown provider " + name));
  }

  /// Those of the provider but for what the policy names otherwise.
  private static ClaimNames names(JsonObject object, Provider provider) {
    ClaimNames usual = provider.names();
    if (!object.has("claims")) {
      return usual;
    }
    JsonObject own = object.object("claims").orElseThrow();
    var names =
        new ClaimNames(
            own.optionalText("subject").orElse(usual.subject()),
            own.optionalText("client").map(List::of).orElse(usual.client()),
            own.optionalText("session").orElse(usual.session()),
            own.optionalText("auth_time").orElse(usual.authTime()),
            own.optionalText("acr").orElse(usual.acr()),
            own.optionalText("amr").orElse(usual.amr()));
    own.noMore();
    return names;
  }

  private static Map<String, FactorKind> amr(JsonObject object) {
    Map<String, FactorKind> amr = new LinkedHashMap<>();
    object
        .object("amr")
        .ifPresent(table ->
            table
                .names()
                .forEach(value ->
                    amr.put(
                        value,
                        FactorKind.ofWire(table.text(value))
                            .orElseThrow(() -> table.wrong(value, "names no factor")))));
    return amr;
  }
}
