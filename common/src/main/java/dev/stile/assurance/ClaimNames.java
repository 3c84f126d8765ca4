package dev.stile.assurance;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// By which claims an issuer's tokens tell who logged in by which client, in which session, when
/// and how. The client is named by the first of its claims that is there.
public record ClaimNames(
    String subject, List<String> client, String session, String authTime, String acr, String amr) {
  public ClaimNames {
    client = List.copyOf(client);
  }

  public Set<String> all() {
    Set<String> all = new TreeSet<>(client);
    all.addAll(List.of(subject, session, authTime, acr, amr));
    return all;
  }
}
