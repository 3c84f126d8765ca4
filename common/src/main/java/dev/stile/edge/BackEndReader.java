package dev.stile.edge;

import dev.stile.assurance.BackEnd;
import dev.stile.assurance.Capability;
import dev.stile.assurance.Role;
import dev.stile.assurance.TrustedIssuer;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a client may do as a back end. Without a role there is nothing to say of it.
final class BackEndReader {
  private BackEndReader() {}

  static BackEnd read(JsonObject client, List<TrustedIssuer> issuers) {
    Set<Role> roles = roles(client);
    Set<Capability> capabilities = capabilities(client);
    @Nullable String issuer = client.optionalText("issuer").orElse(null);
    boolean decoy = client.flag("decoy").orElse(false);
    for (String name : List.of("capabilities", "issuer", "decoy")) {
      if (roles.isEmpty() && client.has(name)) {
        throw client.wrong(name, "is for clients with roles");
      }
    }
    if (issuer != null && issuers.stream().noneMatch(i -> i.issuer().equals(issuer))) {
      throw client.wrong("issuer", "names none of the issuers");
    }
    return roles.isEmpty() ? BackEnd.NONE : new BackEnd(roles, capabilities, issuer, decoy);
  }

  private static Set<Role> roles(JsonObject client) {
    Set<Role> roles = new HashSet<>();
    for (String arn : client.texts("roles").orElse(List.of())) {
      try {
        roles.add(new Role(arn));
      } catch (IllegalArgumentException e) {
        throw client.wrong("roles", "holds " + arn + ", which is not the ARN of a role");
      }
    }
    return roles;
  }

  private static Set<Capability> capabilities(JsonObject client) {
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    for (String name : client.texts("capabilities").orElse(List.of(Capability.CHALLENGE.wire()))) {
      capabilities.add(
          Capability.ofWire(name)
              .orElseThrow(
                  () -> client.wrong("capabilities", "names the unknown capability " + name)));
    }
    return capabilities;
  }
}
