package dev.stile.verifier;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whose grants are trusted. Keys fetched without TLS could be anybody's, so plain http is for
/// loopback hosts only, told by their literal name and never by a lookup.
record Issuer(URI uri) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.(0|[1-9][0-9]{0,2})){3}|\\[::1]");

  Issuer {
    Objects.requireNonNull(uri, "issuer");
    if (uri.getScheme() == null
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "An issuer is a URL without user, query and fragment: " + uri);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean loopback = LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
    if (!scheme.equals("https") && !(scheme.equals("http") && loopback)) {
      throw new IllegalArgumentException("An issuer is https, or http on loopback: " + uri);
    }
  }

  /// The exact text that `iss` must have.
  String name() {
    return uri.toString();
  }

  URI jwks() {
    return at("/.well-known/jwks.json");
  }

  /// OpenID Connect Discovery 1.0 §4.1: a slash at the end is not doubled.
  URI at(String path) {
    String base = name();
    String stem = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return URI.create(stem + path);
  }

  /// An address that this issuer sends us to, if it may be asked: as secure as the issuer's own.
  Optional<URI> trusted(String address) {
    try {
      URI found = new Issuer(URI.create(address)).uri();
      return Optional.of(found).filter(f -> isHttps(f) || !isHttps(uri));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isHttps(URI uri) {
    return uri.getScheme().equalsIgnoreCase("https");
  }
}
