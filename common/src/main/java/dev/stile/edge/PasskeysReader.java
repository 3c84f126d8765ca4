package dev.stile.edge;

import dev.stile.assurance.Client.Passkeys;
import dev.stile.factor.webauthn.Ceremony.RelyingParty;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a client of a policy says of passkeys.
final class PasskeysReader {
  private static final String RP_ID = "rp_id";
  private static final String ORIGINS = "origins";

  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

  /// Spelled as browsers do, since origins are compared as they stand; or an app of Android.
  private static final Pattern ORIGIN =
      Pattern.compile("https?://[a-z0-9.-]+(:[1-9][0-9]{0,4})?|android:apk-key-hash:[\\w-]+");

  private PasskeysReader() {}

  static @Nullable Passkeys read(JsonObject client) {
    Set<String> origins = Set.copyOf(client.texts(ORIGINS).orElse(List.of()));
    if (!client.has(RP_ID)) {
      for (String name : List.of(ORIGINS, "attestation")) {
        if (client.has(name)) {
          throw client.wrong(name, "needs an rp_id");
        }
      }
      return null;
    }
    String id = client.text(RP_ID);
    if (!DOMAIN.matcher(id).matches()) {
      throw client.wrong(RP_ID, "is not a domain in lower case");
    }
    for (String origin : origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw client.wrong(ORIGINS, "holds " + origin + ", which no browser sends");
      }
    }
    return new Passkeys(
        client.check(() -> new RelyingParty(id, origins)), AttestationReader.read(client));
  }
}
