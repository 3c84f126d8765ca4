package dev.stile.edge;

import dev.stile.factor.webauthn.AttestationPolicy;
import dev.stile.factor.webauthn.AttestationPolicy.Conveyance;
import dev.stile.factor.webauthn.AttestationPolicy.Format;
import dev.stile.factor.webauthn.AttestationPolicy.Models;
import dev.stile.factor.webauthn.AttestationPolicy.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Reads what a policy demands of authenticators: member `attestation` of a client.
final class AttestationReader {
  private static final String FORMATS = "formats";
  private static final String ANCHORS = "trust_anchors";

  private AttestationReader() {}

  /// Nothing is demanded where the member is missing.
  static AttestationPolicy read(JsonObject client) {
    return client
        .object("attestation")
        .map(AttestationReader::policy)
        .orElse(AttestationPolicy.NONE);
  }

  private static AttestationPolicy policy(JsonObject object) {
    Conveyance conveyance =
        object.parse(
            "conveyance",
            name ->
                Conveyance.ofWire(name)
                    .orElseThrow(() -> new IllegalArgumentException("neither none nor direct")));
    var trust = new Trust(formats(object, conveyance), anchors(object));
    var models = new Models(models(object, "allowed_aaguids"), models(object, "denied_aaguids"));
    object.noMore();
    return object.check(() -> new AttestationPolicy(conveyance, trust, models));
  }

  /// All that can be trusted, unless some are named.
  private static Set<Format> formats(JsonObject object, Conveyance conveyance) {
    if (!object.has(FORMATS)) {
      return conveyance == Conveyance.DIRECT ? EnumSet.allOf(Format.class) : Set.of();
    }
    return object.texts(FORMATS).orElse(List.of()).stream()
        .map(name ->
            Format.ofWire(name)
                .orElseThrow(() -> object.wrong(FORMATS, "names the unknown format " + name)))
        .collect(Collectors.toSet());
  }

  private static List<X509Certificate> anchors(JsonObject object) {
    List<X509Certificate> anchors = new ArrayList<>();
    for (String pem : object.texts(ANCHORS).orElse(List.of())) {
      try (var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))) {
        anchors.add(
            (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
      } catch (CertificateException | IOException e) {
        throw object.wrong(ANCHORS, "holds something that is not a certificate in PEM");
      }
    }
    return anchors;
  }

  private static Set<UUID> models(JsonObject object, String name) {
    return object.texts(name).orElse(List.of()).stream()
        .map(text -> model(object, name, text))
        .collect(Collectors.toSet());
  }

  /// `fromString` fills up what is left out.
  private static UUID model(JsonObject object, String name, String text) {
    try {
      UUID model = UUID.fromString(text);
      if (model.toString().equals(text)) {
        return model;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw object.wrong(name, "holds " + text + ", which is no AAGUID in lower case");
  }
}
