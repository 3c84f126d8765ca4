package dev.stile.factor.webauthn;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Which authenticators may be registered, and what has to be shown for it. What a policy does not
/// ask for proves nothing: without attestation, a model is a claim of the client.
public record AttestationPolicy(Conveyance conveyance, Trust trust, Models models) {
  /// Takes every authenticator at its word, as passkeys want it.
  public static final AttestationPolicy NONE =
      new AttestationPolicy(Conveyance.NONE, Trust.NOBODY, Models.ANY);

  public AttestationPolicy {
    boolean direct = conveyance == Conveyance.DIRECT;
    if (direct && (trust.formats().isEmpty() || trust.anchors().isEmpty())) {
      throw new IllegalArgumentException("direct attestation needs formats and trust anchors");
    }
    if (!direct && !models.allowed().isEmpty()) {
      throw new IllegalArgumentException("a list of allowed models needs direct attestation");
    }
  }

  /// What is asked of the client (WebAuthn Level 3 §5.4.7).
  public enum Conveyance {
    NONE,
    DIRECT;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Conveyance> ofWire(String name) {
      return List.of(values()).stream().filter(c -> c.wire().equals(name)).findFirst();
    }
  }

  /// The statements that can be trusted (§8): each ends in a certificate of the maker.
  public enum Format {
    PACKED("packed"),
    TPM("tpm"),
    ANDROID_KEY("android-key"),
    FIDO_U2F("fido-u2f"),
    APPLE("apple");

    private final String wire;

    Format(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }

    public static Optional<Format> ofWire(String name) {
      return List.of(values()).stream().filter(f -> f.wire.equals(name)).findFirst();
    }
  }

  /// The formats that are taken and the certificates that their chains have to end in.
  public record Trust(Set<Format> formats, List<X509Certificate> anchors) {
    public static final Trust NOBODY = new Trust(Set.of(), List.of());

    public Trust {
      formats = Set.copyOf(formats);
      anchors = List.copyOf(anchors);
    }
  }

  /// Models by their AAGUID: none but the allowed, or all where none is named, less the denied.
  public record Models(Set<UUID> allowed, Set<UUID> denied) {
    public static final Models ANY = new Models(Set.of(), Set.of());

    public Models {
      allowed = Set.copyOf(allowed);
      denied = Set.copyOf(denied);
    }

    public boolean accept(UUID model) {
      return !denied.contains(model) && (allowed.isEmpty() || allowed.contains(model));
    }
  }
}
